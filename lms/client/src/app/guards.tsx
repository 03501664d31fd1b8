import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";

import { meQuery } from "../api/queries";
import { ErrorState } from "../components/ErrorState";
import { Loading } from "../components/Skeleton";
import { statementQueue } from "../features/player/statementQueue";
import { ForbiddenPage } from "./ForbiddenPage";
import { NotALearnerPage } from "./NotALearnerPage";
import { loginAddress } from "./wanted";
import { useMe } from "./useMe";

/** Everything but the sign-in page needs somebody signed in. */
export function RequireSession() {
  const { data: me, error, refetch } = useQuery(meQuery);
  const location = useLocation();
  const username = me?.user.username;

  useEffect(() => {
    if (username !== undefined) statementQueue.setOwner(username);
  }, [username]);

  if (me === null) {
    return <Navigate to={loginAddress(location.pathname + location.search)} replace />;
  }
  if (me !== undefined) return <Outlet />;
  return (
    <main className="mx-auto max-w-3xl px-4 py-16">
      {error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </main>
  );
}

export function RequireLearner() {
  const { can } = useMe();
  const { pathname } = useLocation();
  if (can.learn) return <Outlet />;
  if (pathname === "/" && can.view_matrix) return <Navigate to="/matrix" replace />;
  return <NotALearnerPage />;
}

export function RequireOverseer() {
  return useMe().can.oversee ? <Outlet /> : <ForbiddenPage />;
}

/** HR, and heads for their own section. */
export function RequireCoverage() {
  const { can } = useMe();
  return can.view_matrix || can.oversee ? <Outlet /> : <ForbiddenPage />;
}

/** Whoever runs the DX projects of the office. */
export function RequireDxOffice() {
  return useMe().can.run_projects ? <Outlet /> : <ForbiddenPage />;
}

export function RequireMatrix() {
  return useMe().can.view_matrix ? <Outlet /> : <ForbiddenPage />;
}
