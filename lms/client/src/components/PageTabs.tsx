import { NavLink } from "react-router";

const LINK =
  "flex min-h-11 items-center border-b-4 px-2 text-dns-16N-130 hover:underline hover:underline-offset-4";

type Props = {
  label: string;
  pages: { to: string; title: string; isShown?: boolean }[];
  /** What stands below one of the pages belongs to it, as its panel does. */
  holdsBelow?: boolean;
};

/** Pages that stand side by side, the present one marked. */
export function PageTabs({ label, pages, holdsBelow = false }: Props) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-4 border-b border-solid-gray-420">
        {pages
          .filter(({ isShown = true }) => isShown)
          .map(({ to, title }) => (
            <li key={to}>
              <NavLink
                to={to}
                end={!holdsBelow}
                className={({ isActive }) =>
                  `${LINK} ${isActive ? "border-key-900 font-bold text-key-1000" : "border-transparent text-solid-gray-800"}`
                }
              >
                {title}
              </NavLink>
            </li>
          ))}
      </ul>
    </nav>
  );
}
