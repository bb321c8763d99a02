
// Fetches the parts of the program. `cargo xtask dist` adds this to the script of the main module (whose variable `wasm`
// holds what the main module exports) and puts the names of the sheet and of the parts in the last lines.
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
  // The look of what parts show, which the page starts without.
  const look = () =>
    new Promise((resolve, reject) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(sheet, import.meta.url);
      link.onload = resolve;
      link.onerror = () => {
        link.remove();
        reject(new Error(`${sheet} did not arrive`));
      };
      document.head.append(link);
    });
  const part = (address, shared, shows) => {
    const load = async () => {
      const [module] = await Promise.all([
        WebAssembly.compileStreaming(fetch(new URL(address, import.meta.url))),
        shows && once(sheet, look),
      ]);
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
  const sheet = "/* sheet */";
  return { /* parts */ };
})();
