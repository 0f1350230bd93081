"""Units of quantity and kinds of package: stored codes, and what people read.

Quantities are stored as UN/ECE Rec 20 common codes (``H87`` piece), packages as Rec 21 codes
(``CT`` carton). Where goods are sold by the package, the Rec 21 code serves as a unit with an X
before it (``XRO`` roll), as UBL writes it. Source: the lists of Rec 20 revision 17 and Rec 21
revision 12; printed forms are common usage on invoices and packing lists.
"""

from docpipe.diagnostics import Value
from docpipe.standards.lookup import entry


class Unit(Value):
    """``printed`` stands on documents; ``customs_code`` is China Customs' unit, or ""."""

    code: str
    printed: str
    name_zh: str
    customs_code: str


_UNITS = """
H87 PCS 个 007
C62 UNITS 个 007
EA EA 个 007
SET SETS 套 006
KT KITS 套 006
PR PRS 双 025
DZN DOZ 打 127
GRO GROSS 罗 129
CEN HUNDREDS 百个 043
MIL THOUSANDS 千个 054
NMP PACKS 包 125
RM REAMS 令 118
D63 BOOKS 本 132
KGM KG 千克 035
GRM G 克 036
TNE MT 吨 070
LBR LBS 磅 076
ONZ OZ 盎司 083
STN ST 短吨 072
LTN LT 长吨 071
CTM CARATS 克拉 084
MTR M 米 030
KMT KM 千米 147
CMT CM 厘米 -
MMT MM 毫米 -
FOT FT 英尺 067
INH IN 英寸 088
YRD YDS 码 086
MTK SQM 平方米 032
FTK SQFT 平方英尺 111
YDK SQYD 平方码 110
MTQ CBM 立方米 033
FTQ CFT 立方英尺 099
LTR L 升 095
MLT ML 毫升 096
GLL USGAL 美加仑 098
GLI UKGAL 英加仑 097
KWH KWH 千瓦时 062
"""

# Customs' code is that of the unit of count, for goods sold by the package.
_PACKAGES = """
CT CTNS 纸箱 120
BX BOXES 盒 140
4G CTNS(FIBREBOARD) 纤维板箱 120
CS CASES 箱 120
7B WOODEN-CASES 木箱 120
CR CRATES 板条箱 120
PX PLTS 托盘 -
8A WOODEN-PLTS 木托盘 -
PK PKGS 件 011
PA PACKETS 小包 125
PC PARCELS 包裹 125
BG BAGS 袋 136
SA SACKS 麻袋 136
43 BIG-BAGS 吨袋 136
5H WOVEN-BAGS 编织袋 136
5M PAPER-BAGS 纸袋 136
BL BALES 包 125
BE BDLS 捆 135
RO ROLLS 卷 018
CL COILS 卷 018
RL REELS 盘 031
DR DRUMS 桶 123
BA BARRELS 琵琶桶 123
PL PAILS 提桶 123
KG KEGS 小桶 123
JC JERRICANS 方桶 123
WA IBCS 中型散装容器 -
CY CYLINDERS 钢瓶 -
BO BOTTLES 瓶 142
JR JARS 广口瓶 142
TN TINS 听 122
CA CANS 罐 122
TU TUBES 管 -
BK BASKETS 篮 128
ST SHEETS 张 010
NE UNPACKED 裸装 -
VR BULK 散装 -
"""


def unit(code: str) -> Unit:
    """The unit of a quantity: a Rec 20 code, or X and a Rec 21 code. ``ValueError`` for none."""
    return entry(UNITS, code, "a unit code (UN/ECE Rec 20)")


def package(code: str) -> Unit:
    """The kind of package of a Rec 21 code, without X. ``ValueError`` for none."""
    return entry(PACKAGES, code, "a package code (UN/ECE Rec 21)")


def _read(table: str, prefix: str = "") -> dict[str, Unit]:
    rows = (line.split() for line in table.strip().splitlines())
    return {
        prefix + code: Unit(prefix + code, printed.replace("-", " "), name_zh, customs.strip("-"))
        for code, printed, name_zh, customs in rows
    }


PACKAGES: dict[str, Unit] = _read(_PACKAGES)
UNITS: dict[str, Unit] = _read(_UNITS) | _read(_PACKAGES, "X")
