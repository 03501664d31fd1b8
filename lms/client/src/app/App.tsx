import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";

import { LiveRegion } from "../components/announcements";
import { queries } from "./queries";
import { router } from "./routes";

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <LiveRegion />
    </QueryClientProvider>
  );
}
