import { lauxlib, lua, lualib, to_luastring } from 'fengari';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a health script of Argo CD says about an object. Argo CD runs Lua 5.1 (gopher-lua), this is 5.3: scripts must
 * keep to what both have.
 */
export function runHealth(script: string, object: Json): { status?: string; message?: string } {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  push(state, object);
  lua.lua_setglobal(state, to_luastring('obj'));
  const failed = lauxlib.luaL_dostring(state, to_luastring(script));
  if (failed) throw new Error(lua.lua_tojsstring(state, -1));
  return { ...field(state, 'status'), ...field(state, 'message') };
}

function push(state: lua.State, value: Json): void {
  if (value === null) lua.lua_pushnil(state);
  else if (typeof value === 'string') lua.lua_pushstring(state, to_luastring(value));
  else if (typeof value === 'number') lua.lua_pushnumber(state, value);
  else if (typeof value === 'boolean') lua.lua_pushboolean(state, value);
  else pushTable(state, value);
}

function pushTable(state: lua.State, value: readonly Json[] | { readonly [key: string]: Json }): void {
  lua.lua_newtable(state);
  for (const [key, inner] of Object.entries(value)) {
    push(state, Array.isArray(value) ? Number(key) + 1 : key);
    push(state, inner);
    lua.lua_settable(state, -3);
  }
}

function field(state: lua.State, name: string): Record<string, string> {
  lua.lua_getfield(state, -1, to_luastring(name));
  const text = lua.lua_isnil(state, -1) ? undefined : lua.lua_tojsstring(state, -1);
  lua.lua_pop(state, 1);
  return text === undefined ? {} : { [name]: text };
}
