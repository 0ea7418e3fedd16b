/** The part of fengari that test/support/lua.ts calls; it has no types of its own. */
declare module 'fengari' {
  export function to_luastring(text: string): Uint8Array;
  export namespace lua {
    type State = object;
    function lua_getfield(state: State, index: number, key: Uint8Array): void;
    function lua_isnil(state: State, index: number): boolean;
    function lua_newtable(state: State): void;
    function lua_pop(state: State, count: number): void;
    function lua_pushboolean(state: State, value: boolean): void;
    function lua_pushnil(state: State): void;
    function lua_pushnumber(state: State, value: number): void;
    function lua_pushstring(state: State, value: Uint8Array): void;
    function lua_setglobal(state: State, name: Uint8Array): void;
    function lua_settable(state: State, index: number): void;
    function lua_tojsstring(state: State, index: number): string;
  }
  export const lauxlib: {
    luaL_newstate(): lua.State;
    luaL_dostring(state: lua.State, script: Uint8Array): boolean;
  };
  export const lualib: { luaL_openlibs(state: lua.State): void };
}
