import { useTranslation } from "react-i18next";

import type { Certificate } from "../../api/contract";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { badgeAddress, pdfAddress, verifyAddress } from "./files";

const STATES = {
  valid: { tone: "success", text: "record.state.valid" },
  revoked: { tone: "error", text: "record.state.revoked" },
  expired: { tone: "warning", text: "record.state.expired" },
} as const satisfies Record<Certificate["state"], { tone: TagTone; text: string }>;

export function CertificateList({ certificates }: { certificates: Certificate[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <ul className="flex flex-col gap-3">
      {certificates.map((certificate) => {
        const { tone, text } = STATES[certificate.state];
        const name = t("record.certificate", { date: date(certificate.certified_at) });
        const files = [
          { text: t("record.pdfJa"), href: pdfAddress(certificate.uuid, "ja") },
          { text: t("record.pdfEn"), href: pdfAddress(certificate.uuid, "en") },
          { text: t("record.badge"), href: badgeAddress(certificate.uuid) },
        ];
        return (
          <li key={certificate.uuid} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span>{name}</span>
            <Tag tone={tone}>{t(text)}</Tag>
            {files.map((file) => (
              <a
                key={file.href}
                href={file.href}
                download
                className="link"
                aria-label={`${name} ${file.text}`}
              >
                {file.text}
              </a>
            ))}
            <a
              href={verifyAddress(certificate.code)}
              className="link"
              aria-label={`${name} ${t("record.verify")}`}
            >
              {t("record.verify")}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
