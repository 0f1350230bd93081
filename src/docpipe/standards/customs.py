"""Code tables of China Customs for the export declaration (报关单填制规范).

Units of measure, modes of transport and kinds of packing; two published copies of each table of
units agree. The codes of 成交方式 stand with the Incoterms.
"""

from docpipe.standards.lookup import entry

_UNITS = """
001台 002座 003辆 004艘 005架 006套 007个 008只 009头 010张 011件 012支 013枝 014根 015条 016把
017块 018卷 019副 020片 021组 022份 023幅 025双 026对 027棵 028株 029井 030米 031盘 032平方米
033立方米 034筒 035千克 036克 037盆 038万个 039具 040百副 041百支 042百把 043百个 044百片 045刀
046疋 047公担 048扇 049百枝 050千只 051千块 052千盒 053千枝 054千个 055亿支 056亿个 057万套
058千张 059万张 060千伏安 061千瓦 062千瓦时 063千升 067英尺 070吨 071长吨 072短吨 073司马担
074司马斤 075斤 076磅 077担 078英担 079短担 080两 081市担 083盎司 084克拉 085市尺 086码 088英寸
089寸 095升 096毫升 097英加仑 098美加仑 099立方英尺 101立方尺 110平方码 111平方英尺 112平方尺
115英制马力 116公制马力 118令 120箱 121批 122罐 123桶 124扎 125包 126箩 127打 128筐 129罗 130匹
131册 132本 133发 134枚 135捆 136袋 139粒 140盒 141合 142瓶 143千支 144万双 145万粒 146千粒
147千米 148千英尺 149百万贝可 163部
"""

UNITS: dict[str, str] = {entry[:3]: entry[3:] for entry in _UNITS.split()}

# Mode of the main carriage -> (code, name) of 运输方式.
TRANSPORT_MODES: dict[str, tuple[str, str]] = {
    "sea": ("2", "水路运输"),
    "inland_waterway": ("2", "水路运输"),
    "rail": ("3", "铁路运输"),
    "road": ("4", "公路运输"),
    "air": ("5", "航空运输"),
    "post": ("6", "邮件运输"),
}

# 包装种类.
PACKINGS: dict[str, str] = {
    "00": "散装",
    "01": "裸装",
    "04": "球状罐类",
    "06": "包/袋",
    "22": "纸制或纤维板制盒/箱",
    "23": "木制或竹藤等植物性材料制盒/箱",
    "29": "其他材料制盒/箱",
    "32": "纸制或纤维板制桶",
    "33": "木制或竹藤等植物性材料制桶",
    "39": "其他材料制桶",
    "92": "再生木托",
    "93": "天然木托",
    "99": "其他包装",
}

# Rec 21 package -> 包装种类, where the package's own name tells its material.
PACKING_OF_PACKAGE: dict[str, str] = {
    "CT": "22",
    "4G": "22",
    "7B": "23",
    "BG": "06",
    "SA": "06",
    "43": "06",
    "5H": "06",
    "5M": "06",
    "NE": "01",
    "VR": "00",
}


def customs_unit(code: str) -> str:
    """Name of a unit of measure: ``035`` -> 千克. ``ValueError`` when there is no such code."""
    return entry(UNITS, code, "a unit code of China Customs")
