/** The report's look: light, for a screen and for A4; nothing is loaded from anywhere. */
export const reportStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px; max-width: 860px; color: #1b1f24; background: #fff;
  font: 13px/20px system-ui, -apple-system, "PingFang SC", "Microsoft YaHei UI",
    "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  font-variant-numeric: tabular-nums;
}
header { display: flex; justify-content: space-between; align-items: baseline; gap: 16px;
  border-bottom: 2px solid #1b1f24; padding-bottom: 8px; }
.shop { display: flex; align-items: center; gap: 12px; font-size: 15px; min-width: 0; overflow-wrap: anywhere; }
.shop img { display: block; max-width: 200px; max-height: 56px; border: 0; }
header:has(.shop) h1 { margin-inline-start: auto; }
h1 { font-size: 20px; line-height: 28px; margin: 0; }
h2 { font-size: 14px; margin: 24px 0 8px; }
p { margin: 4px 0; }
.quiet { color: #57606a; }
.facts { display: grid; grid-template-columns: 1fr 1fr; gap: 2px 24px; margin: 12px 0 0; }
.facts div { display: flex; gap: 8px; min-width: 0; }
.facts dt { color: #57606a; flex: 0 0 7.5em; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.verdict { margin-top: 16px; border: 1px solid #d0d7de; border-left: 6px solid #57606a;
  border-radius: 6px; padding: 12px 16px; break-inside: avoid; }
.verdict strong { font-size: 20px; line-height: 28px; }
.verdict.resolved { border-left-color: #116329; }
.verdict.open, .verdict.found, .verdict.another { border-left-color: #a40e26; }
.verdict.unproven, .verdict.no-cause { border-left-color: #7d4e00; }
.verdict .what { font-size: 15px; margin-top: 8px; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; white-space: nowrap; font-weight: 600; color: #57606a; }
th, td { padding: 4px 12px 4px 0; vertical-align: top; border-bottom: 1px solid #d8dee4; }
td { overflow-wrap: anywhere; }
tr { break-inside: avoid; }
tr.group td { font-weight: 600; padding-top: 12px; }
td.sign, th.sign { width: 5.5em; white-space: nowrap; }
td.number { width: 3em; color: #57606a; }
td.time { width: 11em; white-space: nowrap; }
.pass { color: #116329; } .warn { color: #7d4e00; } .fail { color: #a40e26; }
.unknown, .ask { color: #0550ae; } .not-applicable, .follows { color: #57606a; }
pre, code { font: 12px/18px ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC",
  "PingFang SC", "Microsoft YaHei", monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.flash { border: 1px solid #d0d7de; border-radius: 6px; padding: 8px 12px; margin: 8px 0;
  break-inside: avoid; }
.flash b { font-size: 15px; }
ol { margin: 4px 0; padding-left: 24px; }
ul { margin: 0; padding-left: 16px; }
.support { display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; margin: 8px 0 0;
  padding-top: 8px; border-top: 1px solid #d8dee4; }
.support dt { color: #57606a; }
.support dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.card { border: 1px solid #d0d7de; border-radius: 6px; padding: 8px 12px; margin: 8px 0; break-inside: avoid; }
.signatures { display: grid; grid-auto-columns: 1fr; grid-auto-flow: column; gap: 24px; margin-top: 56px;
  break-inside: avoid; }
.signatures div { display: flex; flex-direction: column; justify-content: flex-end; min-width: 0;
  overflow-wrap: anywhere; }
.signatures span { border-top: 1px solid #1b1f24; padding-top: 4px; color: #57606a; }
.signatures .drawn { display: block; width: 100%; max-height: 96px; fill: none; stroke: #1b1f24; stroke-width: 5;
  stroke-linecap: round; stroke-linejoin: round; }
.photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 16px; margin-top: 8px; }
figure { margin: 0; break-inside: avoid; }
figure img { display: block; max-width: 100%; max-height: 420px; border: 1px solid #d0d7de; border-radius: 6px; }
figcaption { margin-top: 4px; font-size: 12px; line-height: 18px; overflow-wrap: anywhere; }
.absent { border: 1px dashed #8c959f; border-radius: 6px; padding: 16px; }
td.subject { width: 9em; }
footer { margin-top: 24px; border-top: 1px solid #d8dee4; padding-top: 8px; color: #57606a; }
.evidence td { font-size: 12px; line-height: 18px; }
@page { size: A4; margin: 14mm; }
@media print { body { padding: 0; max-width: none; } h2 { break-after: avoid; } }
`;
