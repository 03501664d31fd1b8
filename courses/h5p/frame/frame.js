// Our side of the player page: starts h5p-standalone and speaks with the site. See README.md.
(() => {
  const SOURCE = "lms-h5p";
  const SAVE_SECONDS = 5;
  const TIMEOUT = 25_000;
  const RESPONSES = "urn:x-lms:responses";

  const container = document.getElementById("player");
  const given = container.dataset;
  const allowedOrigins = JSON.parse(given.siteOrigins);
  // frame.bundle.js overwrites the global with undefined.
  const Player = window.H5PStandalone?.H5P;

  let siteOrigin = null;
  let hasFailed = false;
  let lastState;

  function post(type, values = {}) {
    const message = { source: SOURCE, type, ...values };
    const parentOrigin = siteOrigin ?? window.location.ancestorOrigins?.[0];
    // Until the site has spoken its origin may be unknown; a message goes only where it fits.
    const targets = parentOrigin === undefined ? allowedOrigins : [parentOrigin];
    for (const target of targets) {
      if (allowedOrigins.includes(target)) window.parent.postMessage(message, target);
    }
  }

  function fail(message) {
    if (hasFailed) return;
    hasFailed = true;
    post("error", { message });
  }

  function withTimeout(promise, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Timed out: ${what}`)), TIMEOUT);
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  // The player reads any answer as JSON, a refusal too, and then fails without saying why.
  async function checkReachable(address) {
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok) throw new Error(`${response.status}: ${new URL(address).pathname}`);
    await response.json();
  }

  function instance() {
    return window.H5P?.instances?.[0];
  }

  function postState(data) {
    if (data === lastState) return;
    lastState = data;
    post("state", { data });
  }

  function saveState() {
    let state;
    try {
      state = instance()?.getCurrentState?.();
    } catch (error) {
      console.warn("The exercise cannot tell its state.", error);
      return;
    }
    if (state !== undefined) postState(JSON.stringify(state));
  }

  function subContentOf(object) {
    const named = object?.definition?.extensions?.["http://h5p.org/x-api/h5p-subContentId"];
    return named || /[?&]subContentId=([^&#]+)/.exec(object?.id ?? "")?.[1] || null;
  }

  // By sub-content id, however deep. The contract: h5p.org/documentation/developers/contracts
  function responsesOf(children, found = {}) {
    for (const child of children ?? []) {
      const part = subContentOf(child.statement?.object);
      if (part !== null) found[part] = String(child.statement.result?.response ?? "");
      responsesOf(child.children, found);
    }
    return found;
  }

  // A composite's own statement says a score and no response; the server grades by responses.
  function addResponses(statement) {
    if (!statement.result?.score || subContentOf(statement.object) !== null) return;
    let children;
    try {
      children = instance()?.getXAPIData?.()?.children;
    } catch (error) {
      console.warn("The exercise cannot tell its parts.", error);
    }
    if (!children?.length) return;
    const extensions = { ...statement.result.extensions, [RESPONSES]: responsesOf(children) };
    statement.result = { ...statement.result, extensions };
  }

  function onStatement(event) {
    // Through JSON: libraries put things into statements that cannot be cloned.
    const statement = JSON.parse(JSON.stringify(event.data.statement));
    addResponses(statement);
    post("statement", { statement });
    // After the library has dealt with its own event; H5P itself saves only some of them.
    setTimeout(saveState, 0);
  }

  // This origin is opaque: no cookies, nobody to save to. State goes by message.
  function takeOverSaving() {
    const isRootState = (dataId, subContentId) => dataId === "state" && !subContentId;
    window.H5P.setUserData = (contentId, dataId, data, extras) => {
      if (!isRootState(dataId, extras?.subContentId)) return;
      postState(data === null || data === undefined ? null : JSON.stringify(data));
    };
    window.H5P.deleteUserData = (contentId, dataId, subContentId) => {
      if (isRootState(dataId, subContentId)) postState(null);
    };
    window.H5P.setFinished = () => {};
  }

  function reportHeight() {
    let last = 0;
    const report = () => {
      const height = Math.ceil(container.getBoundingClientRect().height);
      if (height !== last) {
        last = height;
        post("resize", { height });
      }
    };
    new ResizeObserver(report).observe(container);
    report();
  }

  async function play(start) {
    if (Player === undefined) throw new Error("h5p-standalone is not installed.");
    const contentId = given.contentId;
    const language = given.language === "und" ? start.language : given.language;
    document.documentElement.lang = language;
    document.title = start.title || given.title;
    await Promise.all([
      checkReachable(`${given.content}/h5p.json`),
      checkReachable(`${given.content}/content/content.json`),
    ]);
    await new Player(container, {
      id: contentId,
      h5pJsonPath: given.content,
      librariesPath: given.libraries,
      frameJs: `${given.player}/frame.bundle.js`,
      frameCss: `${given.player}/styles/h5p.css`,
      embedType: "div",
      // Inverted in h5p-standalone: false = do not start yet, our listener comes first.
      preventH5PInit: false,
      frame: false,
      copyright: false,
      export: false,
      embed: false,
      icon: false,
      fullScreen: false,
      reportingIsEnabled: true,
      postUserStatistics: false,
      saveFreq: SAVE_SECONDS,
      contentUserData: start.state === null ? undefined : [{ state: start.state }],
      translations: { H5P: JSON.parse(given.strings)[start.language] ?? {} },
      title: start.title || given.title,
      metadata: { title: start.title || given.title, license: "U", defaultLanguage: language },
      xAPIObjectIRI: start.iri,
      assetsRequestFetchOptions: { credentials: "omit" },
    });
    // The player drops a minor version of 0 from the name.
    window.H5PIntegration.contents[`cid-${contentId}`].library = given.library;
    lastState = start.state ?? undefined;
    takeOverSaving();
    window.H5P.externalDispatcher.on("xAPI", onStatement);
    window.H5P.init(document.body);
    if (instance() === undefined) throw new Error("The exercise did not start.");
    reportHeight();
    post("rendered");
  }

  function isStart(event) {
    return (
      event.source === window.parent &&
      allowedOrigins.includes(event.origin) &&
      event.data?.source === SOURCE &&
      event.data.type === "start"
    );
  }

  function onMessage(event) {
    if (!isStart(event)) return;
    window.removeEventListener("message", onMessage);
    siteOrigin = event.origin;
    withTimeout(play(event.data), "the exercise").catch((error) => fail(String(error?.message ?? error)));
  }

  window.addEventListener("message", onMessage);
  post("ready");
})();
