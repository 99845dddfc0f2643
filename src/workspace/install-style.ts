/** The one style sheet of the app's pages: readable in the dark, on a phone, and with large letters. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d1c1d; --paper: #fff; --quiet: #565358; --line: #d8d5da; --act: #2f4858; --on-act: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1eff2; --paper: #1a1d21; --quiet: #b9b5bd; --line: #45484d; --act: #a9d3e8; --on-act: #10222c; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main, footer { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
h1 { font-size: 2.25rem; line-height: 1.2; margin: 1.5rem 0 0.5rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 0.5rem; }
.lead { font-size: 1.25rem; color: var(--quiet); margin-top: 0; }
li { margin: 0.375rem 0; }
a { color: var(--act); text-underline-offset: 0.2em; }
.button { display: inline-block; padding: 0.75rem 1.5rem; border-radius: 0.5rem; background: var(--act); color: var(--on-act); font-weight: 600; text-decoration: none; }
.button:hover { text-decoration: underline; }
a:focus-visible { outline: 3px solid var(--act); outline-offset: 3px; border-radius: 0.25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.5rem 1.5rem; margin: 0.75rem 0; }
dd { margin: 0; }
code { font-size: 0.9375em; white-space: nowrap; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; }
footer a { margin-right: 1.25rem; }
@media (max-width: 34rem) { dl { display: block; } dd { margin: 0 0 0.75rem; } }
`
