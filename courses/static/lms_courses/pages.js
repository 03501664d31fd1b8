/* Plays H5P frames on the plain course pages. Nothing is recorded here: that is the learner's client. */
"use strict";

const frames = [...document.querySelectorAll("iframe.h5p")];

window.addEventListener("message", ({ data, source }) => {
  const frame = frames.find((candidate) => candidate.contentWindow === source);
  if (!frame || data?.source !== "lms-h5p") return;
  if (data.type === "ready") {
    // The frame's origin is opaque, so it cannot be named as the target; nothing here is secret.
    source.postMessage(
      {
        source: "lms-h5p",
        type: "start",
        state: null,
        language: frame.lang || document.documentElement.lang,
        title: frame.title,
        iri: frame.dataset.iri,
      },
      "*",
    );
  } else if (data.type === "resize" && Number.isFinite(data.height)) {
    frame.style.height = `${Math.min(Math.max(data.height, 100), 5000)}px`;
  }
});
