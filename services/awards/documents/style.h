// The style sheet of printed documents: black on white, in the type and margins that Decree
// 30/2020/NĐ-CP asks of official documents.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_STYLE_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_STYLE_H_

#include <string_view>

namespace awards::documents {

// The margins of the page; its number stands above the text, from the second page on.
inline constexpr std::string_view kPageStanding =
    "@page{size:A4 portrait;margin:20mm 18mm 20mm 30mm;"
    "@top-center{content:counter(page);font:13pt 'Times New Roman','Liberation Serif',serif}}\n"
    "@page:first{@top-center{content:none}}\n";
inline constexpr std::string_view kPageAcross =
    "@page{size:A4 landscape;margin:16mm 14mm 14mm 14mm;"
    "@top-center{content:counter(page);font:12pt 'Times New Roman','Liberation Serif',serif}}\n"
    "@page:first{@top-center{content:none}}\n";

inline constexpr std::string_view kStyle = R"(
*{box-sizing:border-box}
html{background:#e7e7e4;color:#111;-webkit-text-size-adjust:100%}
body{margin:0;font:13pt/1.4 "Times New Roman","Liberation Serif","Tinos","Noto Serif",serif;
 font-variant-numeric:lining-nums tabular-nums}
main{background:#fff;margin:8mm auto;box-shadow:0 1px 6px rgba(0,0,0,.25)}
main.standing{width:210mm;padding:20mm 18mm 20mm 30mm}
main.across{width:297mm;padding:16mm 14mm 14mm;font-size:11.5pt}
p{margin:0 0 2mm}
p.text{text-align:justify;text-indent:10mm;hyphens:manual}
h1{font-size:14pt;line-height:1.3;text-align:center;margin:8mm 0 0;text-transform:uppercase}
p.about,h1{text-wrap:balance}
p.about{text-align:center;font-weight:bold;font-size:14pt;line-height:1.3;margin:1mm 8mm 0}
.rule{width:30mm;border-top:.75pt solid #111;margin:1.5mm auto 6mm}
h2{font-size:13pt;margin:5mm 0 2mm;break-after:avoid}
main.across h2{font-size:12.5pt}
h3{font-size:1em;font-style:italic;margin:3mm 0 1.5mm;break-after:avoid}
header.head{display:grid;grid-template-columns:42% 58%;text-align:center;line-height:1.25;column-gap:2mm}
header.head p{margin:0}
header.head .upper{text-transform:uppercase;font-size:12pt;text-wrap:balance}
header.head .motto{font-size:13pt;font-weight:bold;white-space:nowrap}
header.head .state{font-size:12.5pt;font-weight:bold;text-transform:uppercase;white-space:nowrap}
header.head .short{width:28mm;border-top:.75pt solid #111;margin:1mm auto 2mm}
header.head .long{width:58mm;border-top:.75pt solid #111;margin:1mm auto 2mm}
header.head .day{font-style:italic}
header.head b{font-weight:bold}
p.to{margin:2mm 0 5mm;text-align:center}
ul.plain{list-style:none;margin:0 0 2mm;padding:0 0 0 10mm}
ul.plain li::before{content:"- "}
ul.plain li{margin:0 0 1mm}
ol.people{margin:0 0 2mm;padding:0 0 0 17mm}
ol.people li{margin:0 0 .5mm}
table{border-collapse:collapse;width:calc(100% - .5mm);margin:1mm 0 3mm;line-height:1.22;table-layout:fixed}
caption{caption-side:top;text-align:left;font-style:italic;padding:0 0 1.5mm}
th,td{border:.5pt solid #333;background-clip:padding-box;padding:.9mm 1.3mm;vertical-align:middle;overflow-wrap:break-word}
thead th{overflow-wrap:normal;hyphens:none}
thead{display:table-header-group}
thead th{background:#eceef1;text-align:center;font-weight:bold}
tbody th{text-align:left;font-weight:normal}
tr{break-inside:avoid}
tbody tr:nth-child(-n+2),tbody tr:nth-last-child(2),p.text:has(+table){break-after:avoid}
td.n{text-align:right;white-space:nowrap}
abbr{text-decoration:none}
table.list{font-size:11pt}
table.list td.n{text-align:center}
table.list tr.group th,table.list tr.group td.n{font-weight:bold}
table.matrix{font-size:8.5pt;line-height:1.15}
table.matrix th,table.matrix td{padding:.55mm .9mm}
table.matrix thead th{font-size:7.8pt}
table.matrix tr.group th,table.matrix tr.group td{font-weight:bold;background:#f4f5f7}
table.matrix tr.total th,table.matrix tr.total td{font-weight:bold;background:#e3e7ec}
table.workings{font-size:8.5pt;line-height:1.15}
table.workings th,table.workings td{padding:.5mm 1mm}
table.workings tr.group th,table.workings tr.group td{font-weight:bold;background:#f4f5f7}
table.workings tr.total th,table.workings tr.total td{font-weight:bold;background:#e3e7ec}
table.matrix td.n,table.workings td.n{position:relative;padding-right:2mm}
td.n sup.mark{position:absolute;right:.4mm;top:.9mm}
sup.mark{font-size:.8em;line-height:1}
p.note{font-size:.82em;margin:0 0 3mm}
p.notice{border:1pt solid #111;border-left-width:4pt;padding:1.5mm 3mm;margin:4mm 0;font-size:.92em}
p.source{font-size:8.5pt;color:#333;margin:6mm 0 0;line-height:1.3;overflow-wrap:anywhere}
figure{margin:3mm 0 4mm;break-inside:avoid}
figcaption{font-style:italic;margin:0 0 1.5mm;font-size:.92em}
svg{display:block;width:100%;height:auto;font-family:Arial,"Liberation Sans","Helvetica Neue",sans-serif}
footer.foot{display:grid;column-gap:6mm;margin:8mm 0 0;break-inside:avoid}
footer.foot .copies{font-size:11pt;line-height:1.3;text-align:left}
footer.foot .copies p{margin:0}
footer.foot .copies .label{font-size:12pt;font-weight:bold;font-style:italic}
footer.foot .sign{text-align:center}
footer.foot .sign p{margin:0}
footer.foot .office{font-weight:bold;text-transform:uppercase}
footer.foot .hint{font-style:italic;font-size:.9em}
footer.foot .sign p.person{margin-top:22mm;font-weight:bold}
section.chapter{break-before:page}
section.whole,table.whole{break-inside:avoid}
@media print{
 html{background:#fff}
 main,main.standing,main.across{width:auto;margin:0;padding:0;box-shadow:none}
 *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
@media screen and (max-width:230mm){
 main.standing,main.across{width:auto;margin:0;padding:6mm;overflow-x:auto;box-shadow:none}
}
)";

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_STYLE_H_
