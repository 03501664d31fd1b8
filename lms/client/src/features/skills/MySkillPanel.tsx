import { useLocation, useNavigate, useOutletContext, useParams } from "react-router";

import type { ScaleLevel } from "../../api/contract";
import { useMe } from "../../app/useMe";
import { CellPanel } from "./CellPanel";

/** The explanation of one of my own levels, over my skills page. */
export function MySkillPanel() {
  const { competencyKey = "" } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const { employee } = useMe();
  const scale = useOutletContext<ScaleLevel[]>();
  if (employee === null) return null;
  return (
    <CellPanel
      staffNumber={employee.staff_number}
      competencyKey={competencyKey}
      asOf={null}
      scale={scale}
      isMine
      onClose={() => void navigate({ pathname: "/skills", search }, { preventScrollReset: true })}
    />
  );
}
