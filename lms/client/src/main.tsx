import "./styles/index.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { startTranslations } from "./i18n";

const container = document.getElementById("app");
if (container === null) throw new Error('The page has no element with the id "app".');

await startTranslations();
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
