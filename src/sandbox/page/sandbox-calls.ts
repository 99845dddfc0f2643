import type { ActResult, Control, PageAct, Person, RequestContents, RequestRecord } from '../contract.ts'

/** Everybody one can be. */
export async function fetchPeople(): Promise<Person[]> {
  return await read('/page/people')
}

/** The last requests both ways, newest first. */
export async function fetchRequests(): Promise<RequestRecord[]> {
  return await read('/page/requests')
}

/** What one request said and was answered. */
export async function fetchContents(id: number): Promise<RequestContents> {
  return await read(`/page/requests/${id}`)
}

/** Tells the sandbox what the person did. A sandbox that is not there is a refusal like any other. */
export async function postAct(act: PageAct): Promise<ActResult> {
  return await post('/page/act', act)
}

/** Tells the sandbox what whoever holds it wants of it. */
export async function postControl(control: Control): Promise<ActResult> {
  return await post('/page/control', control)
}

async function read<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}`)
  return (await response.json()) as T
}

async function post(path: string, body: PageAct | Control): Promise<ActResult> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as ActResult
  } catch {
    return { ok: false, error: 'The sandbox does not answer. Is it still running?' }
  }
}
