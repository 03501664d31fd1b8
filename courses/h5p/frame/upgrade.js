// Runs a content type's own upgrade scripts on one piece of content. See README.md.
(() => {
  const SOURCE = "lms-h5p";
  const given = document.body.dataset;
  const allowedOrigins = JSON.parse(given.siteOrigins);
  const loaded = new Map();
  let siteOrigin = null;

  function post(type, values = {}) {
    const targets = siteOrigin === null ? allowedOrigins : [siteOrigin];
    for (const target of targets) window.parent.postMessage({ source: SOURCE, type, ...values }, target);
  }

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`Cannot be loaded: ${new URL(address).pathname}`));
      document.head.append(script);
    });
  }

  // The core's own things that old scripts reach for: H5P.jQuery, H5P.createUUID.
  async function loadCore() {
    window.H5PIntegration = { contents: {}, l10n: { H5P: {} }, ajax: {} };
    window.H5P = { preventInit: true };
    await loadScript(`${given.player}/frame.bundle.js`);
  }

  function parseLabel(label) {
    const [, name, major, minor] = /^(\S+) (\d+)\.(\d+)$/.exec(label) ?? [];
    if (name === undefined) throw new Error(`Not a library: ${label}`);
    return { name, major: Number(major), minor: Number(minor) };
  }

  const isNewer = (one, other) =>
    one.major > other.major || (one.major === other.major && one.minor > other.minor);

  // A file that a library need not have.
  async function find(address) {
    const response = await fetch(address, { credentials: "omit" });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${response.status}: ${new URL(address).pathname}`);
    return response;
  }

  async function load({ name, major, minor }) {
    const folder = `${given.libraries}/${name}-${major}.${minor}`;
    if ((await find(`${folder}/library.json`)) === null) {
      throw new Error(`${name} ${major}.${minor} is not installed.`);
    }
    const semantics = await find(`${folder}/semantics.json`);
    if ((await find(`${folder}/upgrades.js`)) !== null) await loadScript(`${folder}/upgrades.js`);
    return {
      fields: semantics === null ? [] : await semantics.json(),
      steps: window.H5PUpgrades?.[name] ?? {},
    };
  }

  function library(version) {
    const key = `${version.name} ${version.major}.${version.minor}`;
    if (!loaded.has(key)) loaded.set(key, load(version));
    return loaded.get(key);
  }

  // The hooks between the two versions, oldest first.
  function hooksBetween(steps, from, to) {
    const hooks = [];
    for (const major of Object.keys(steps).map(Number).sort((a, b) => a - b)) {
      for (const minor of Object.keys(steps[major]).map(Number).sort((a, b) => a - b)) {
        const at = { major, minor };
        if (isNewer(at, from) && !isNewer(at, to)) hooks.push(steps[major][minor]);
      }
    }
    return hooks;
  }

  // Hooks are functions, or in old libraries objects with one; the third argument came later.
  function run(hook, params, extras) {
    return new Promise((resolve, reject) => {
      const finished = (error, newParams, newExtras) => {
        if (error) reject(new Error(String(error.message ?? error)));
        else resolve([newParams ?? params, newExtras ?? extras]);
      };
      (hook.contentUpgrade ?? hook)(params, finished, extras);
    });
  }

  async function upgraded(from, to, params, extras) {
    const { fields, steps } = await library(to);
    for (const hook of hooksBetween(steps, from, to)) {
      [params, extras] = await run(hook, params, extras);
    }
    for (const field of fields) {
      if (params?.[field.name] !== undefined) {
        params[field.name] = await inField(field, params[field.name]);
      }
    }
    return [params, extras];
  }

  // Libraries inside the content follow to the version that the newer semantics name.
  async function inField(field, value) {
    if (value === null || value === undefined) return value;
    if (field.type === "library") return inLibrary(field, value);
    if (field.type === "list" && Array.isArray(value)) {
      const items = [];
      for (const item of value) items.push(await inField(field.field, item));
      return items;
    }
    if (field.type !== "group") return value;
    // A group of one field is stored as the field alone.
    if (field.fields.length === 1 && field.isSubContent !== true) return inField(field.fields[0], value);
    for (const inner of field.fields) {
      if (value[inner.name] !== undefined) value[inner.name] = await inField(inner, value[inner.name]);
    }
    return value;
  }

  async function inLibrary(field, value) {
    if (!value.library || value.params === undefined) return value;
    const from = parseLabel(value.library);
    const offered = (field.options ?? []).map((option) => parseLabel(option.name ?? option));
    const to = offered.find((option) => option.name === from.name);
    if (to === undefined || !isNewer(to, from)) return value;
    const [params, extras] = await upgraded(from, to, value.params, { metadata: value.metadata });
    return {
      ...value,
      library: `${to.name} ${to.major}.${to.minor}`,
      params,
      ...(extras?.metadata && { metadata: extras.metadata }),
    };
  }

  async function onUpgrade({ library: label, to, params, metadata }) {
    await loadCore();
    const [newParams, extras] = await upgraded(parseLabel(label), parseLabel(to), params, { metadata });
    // Through JSON: nothing but what content.json can hold goes back.
    const result = { params: newParams, metadata: extras?.metadata ?? metadata };
    post("upgraded", JSON.parse(JSON.stringify(result)));
  }

  function onMessage(event) {
    const isMine =
      event.source === window.parent &&
      allowedOrigins.includes(event.origin) &&
      event.data?.source === SOURCE &&
      event.data.type === "upgrade";
    if (!isMine) return;
    window.removeEventListener("message", onMessage);
    siteOrigin = event.origin;
    onUpgrade(event.data).catch((error) => post("error", { message: String(error?.message ?? error) }));
  }

  window.addEventListener("message", onMessage);
  post("ready");
})();
