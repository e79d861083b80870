"""Characters that OCR gives in their traditional form where the page has the simplified one (楷体 in coarse scans)."""

from __future__ import annotations

from collections.abc import Iterable

_TRADITIONAL = (
    "萬與專業東兩嚴個豐臨為麗舉義樂習鄉書買亂爭虧雲亞產畝親億僅從倉儀們價眾優會傷偉傳偽體餘償儲兒黨蘭關興"
    "養內岡冊寫軍農馮決況凍淨準涼減幾鳳憑擊劃劉則剛創刪別劑勸辦務動勵勞勢勻區醫華協單賣盧衛卻廠廳歷厲壓縣"
    "參雙發變敘葉號嗎啟吳員聽響問團園圍國圖圓聖場壞塊堅壇壩塵墊執報備復夠頭夾奪奮獎婦媽學孫寧寶實審憲宮寬"
    "賓對尋導壽將爾層屆屬歲崗島嶺幣帥師帳帶幫庫應廟慶廢開異棄張彈強歸當錄徹徑憶憂懷態總惡懲慣願慮戰戲戶擴"
    "掃揚撫護擔擬擁擇掛揮損換據攜攝擺數敵齊斷無舊時曠顯晉曉暫術機殺雜權條來楊極構樞標棟欄樹樣橋檢樓檔橫歡"
    "歐殘畢氣漢湯溝沒滬澤潔測濟濃滲溫灣濕滿滯漁濱灘潛濫燈災爐點煉煙煩燒熱愛牽犧狀獨獲獻獄環現瑪電畫暢療盤"
    "監蓋盜確礎碼磚禮離種積稱穩窮競筆節範築簽簡籌類糧緊糾紅級紀約純綱納縱紛紙紋紡線練組細織終紹經結繞繪給"
    "絡絕統繼績緒續維綜綠緩編緣縮繳網羅罰職聯聰肅腸膚腫勝膽腦膠臉艱藝蘇莊薦榮藥營藍處虛蟲雖補襲裝見觀規視"
    "覽覺觸譽計訂認討讓訓議訊記講許論設訪證評識訴診詞譯試詩誠話詢該詳語誤說請諸讀課誰調談謀謝謹譜貝負財責"
    "賢敗貨質販貧購貫貸貿費賀資賦賬賠賞賴贈趕趨躍踐車軌軟轉輪輔輛輕載較輸轄邊遼達遷過運還這進遠違連遲適選"
    "遞遺郵鄧鄭鄰釋鑒針鈔鋼錢鐵銀銷鎮鏡鐘銅鋪鏈錯鍵鑽長門閉間閱闊隊陽陰陣階際陸陳險隨隱難雞靜韓頁頂項順須"
    "顧頓預領頻題額顏風飛飯飲飾飼館馬馳駐駕騙驗驚魚魯鮮鳥麥黃齒龍龜"
)
_SIMPLIFIED = (
    "万与专业东两严个丰临为丽举义乐习乡书买乱争亏云亚产亩亲亿仅从仓仪们价众优会伤伟传伪体余偿储儿党兰关兴"
    "养内冈册写军农冯决况冻净准凉减几凤凭击划刘则刚创删别剂劝办务动励劳势匀区医华协单卖卢卫却厂厅历厉压县"
    "参双发变叙叶号吗启吴员听响问团园围国图圆圣场坏块坚坛坝尘垫执报备复够头夹夺奋奖妇妈学孙宁宝实审宪宫宽"
    "宾对寻导寿将尔层届属岁岗岛岭币帅师帐带帮库应庙庆废开异弃张弹强归当录彻径忆忧怀态总恶惩惯愿虑战戏户扩"
    "扫扬抚护担拟拥择挂挥损换据携摄摆数敌齐断无旧时旷显晋晓暂术机杀杂权条来杨极构枢标栋栏树样桥检楼档横欢"
    "欧残毕气汉汤沟没沪泽洁测济浓渗温湾湿满滞渔滨滩潜滥灯灾炉点炼烟烦烧热爱牵牺状独获献狱环现玛电画畅疗盘"
    "监盖盗确础码砖礼离种积称稳穷竞笔节范筑签简筹类粮紧纠红级纪约纯纲纳纵纷纸纹纺线练组细织终绍经结绕绘给"
    "络绝统继绩绪续维综绿缓编缘缩缴网罗罚职联聪肃肠肤肿胜胆脑胶脸艰艺苏庄荐荣药营蓝处虚虫虽补袭装见观规视"
    "览觉触誉计订认讨让训议讯记讲许论设访证评识诉诊词译试诗诚话询该详语误说请诸读课谁调谈谋谢谨谱贝负财责"
    "贤败货质贩贫购贯贷贸费贺资赋账赔赏赖赠赶趋跃践车轨软转轮辅辆轻载较输辖边辽达迁过运还这进远违连迟适选"
    "递遗邮邓郑邻释鉴针钞钢钱铁银销镇镜钟铜铺链错键钻长门闭间阅阔队阳阴阵阶际陆陈险随隐难鸡静韩页顶项顺须"
    "顾顿预领频题额颜风飞饭饮饰饲馆马驰驻驾骗验惊鱼鲁鲜鸟麦黄齿龙龟"
)
"""The same characters in the same order; only pairs in which each form has one counterpart."""

_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_TRADITIONAL_SET, _SIMPLIFIED_SET = frozenset(_TRADITIONAL), frozenset(_SIMPLIFIED)


def is_simplified(texts: Iterable[str]) -> bool:
    """Tell whether a page is written in simplified characters: at least twice as many as traditional ones."""
    simplified = traditional = 0
    for text in texts:
        simplified += sum(char in _SIMPLIFIED_SET for char in text)
        traditional += sum(char in _TRADITIONAL_SET for char in text)
    return simplified >= 2 * traditional


def simplify(text: str) -> str:
    """Return ``text`` with traditional characters in their simplified form."""
    return text.translate(_TABLE)
