/* What the editor asks the server. Every refusal becomes an Error whose message is for the author. */

function csrf() {
  return document.querySelector('input[name="csrfmiddlewaretoken"]').value;
}

async function answer(response, strings) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    // A page instead of JSON: signed out meanwhile, or the server is down.
  }
  if (response.ok && body !== null) return body;
  throw new Error(body?.message ?? (response.status === 413 ? strings.tooLarge : strings.serverFault));
}

async function ask(address, strings, options = {}) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" }, ...options });
  } catch {
    throw new Error(strings.noConnection);
  }
  return answer(response, strings);
}

/** Descriptions of types by name, each fetched once. */
export function describer(url, language, strings) {
  const known = new Map();
  return (library) => {
    if (!known.has(library)) {
      const query = new URLSearchParams({ library, language });
      const asked = ask(`${url}?${query}`, strings);
      known.set(library, asked);
      // What failed may be asked for again.
      asked.catch(() => known.delete(library));
    }
    return known.get(library);
  };
}

/** Sends a file; `progress` hears shares from 0 to 1. */
export function send(url, file, fields, progress, strings) {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("file", file);
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("error", () => reject(new Error(strings.noConnection)));
    request.addEventListener("load", () => {
      const response = new Response(request.responseText, { status: request.status === 0 ? 500 : request.status });
      answer(response, strings).then(resolve, reject);
    });
    request.send(data);
  });
}
