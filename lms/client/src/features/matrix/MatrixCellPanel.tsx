import { useLocation, useNavigate, useOutletContext, useParams } from "react-router";

import type { ScaleLevel } from "../../api/contract";
import { useMe } from "../../app/useMe";
import { CellPanel } from "../skills/CellPanel";
import { assuranceOf } from "./matrixSearch";

/** The explanation of one cell, over the matrix, at its own address. */
export function MatrixCellPanel() {
  const { staffNumber = "", competencyKey = "" } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const { employee } = useMe();
  const scale = useOutletContext<ScaleLevel[]>();
  return (
    <CellPanel
      staffNumber={staffNumber}
      competencyKey={competencyKey}
      asOf={new URLSearchParams(search).get("as_of")}
      assurance={assuranceOf(new URLSearchParams(search))}
      scale={scale}
      isMine={employee?.staff_number === staffNumber}
      onClose={() => void navigate({ pathname: "/matrix", search }, { preventScrollReset: true })}
    />
  );
}
