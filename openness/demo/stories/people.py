"""Invented people, masked as notices must mask them: a surname and a mark, never a full name or number."""

from random import Random

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"


def masked_name(chance: Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(("某", "某某"))


def masked_names(chance: Random, number: int) -> list[str]:
    return [masked_name(chance) for _ in range(number)]
