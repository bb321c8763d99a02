
// Fetches the parts of the program. `cargo xtask dist` adds this to the script of the main module (whose variable `wasm`
// holds what the main module exports) and puts the names of the parts in the last line.
const programParts = (() => {
  const loaded = new Map();
  // What failed is forgotten: the next who needs it tries again.
  const once = (name, load) => {
    if (!loaded.has(name)) {
      const loading = load();
      loaded.set(name, loading);
      loading.catch(() => loaded.delete(name));
    }
    return loaded.get(name);
  };
  const start = (code) => WebAssembly.instantiate(code, { __wasm_split: wasm });
  const part = (address, shared) => {
    const load = async () => {
      const module = await WebAssembly.compileStreaming(fetch(new URL(address, import.meta.url)));
      // What it has in common with other parts is in sections of its file, and starts once, whichever comes first.
      const code = (name) => WebAssembly.Module.customSections(module, name)[0];
      await Promise.all(shared.map((name) => once(name, () => start(code(name)))));
      await start(module);
    };
    return async (callback, data) => {
      let well = true;
      try {
        await once(address, load);
      } catch (fault) {
        console.error(fault);
        well = false;
      }
      wasm.__indirect_function_table.get(callback)(data, well);
    };
  };
  return { /* parts */ };
})();
