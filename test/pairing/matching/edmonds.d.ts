declare module 'edmonds-blossom-fixed' {
  /** Edges as [vertex, vertex, weight]; the partner of each vertex, or -1, in a matching of most weight. */
  export default function blossom(edges: [number, number, number][], maxCardinality?: boolean): number[]
}
