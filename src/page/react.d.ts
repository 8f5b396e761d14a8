// The little of React that this page uses; @types/react would take its place.
declare module 'react' {
  export function useState<State>(initial: State | (() => State)): [State, (next: State) => void];
  export function useEffect(effect: () => void, dependencies: readonly unknown[]): void;
}

declare module 'react/jsx-runtime' {
  export namespace JSX {
    type Element = object;
    interface IntrinsicElements {
      [tag: string]: Record<string, unknown>;
    }
    interface IntrinsicAttributes {
      key?: string;
    }
    interface ElementChildrenAttribute {
      children: unknown;
    }
  }
}

declare module 'react-dom/client' {
  export function createRoot(container: Element): { render(page: object): void };
}
