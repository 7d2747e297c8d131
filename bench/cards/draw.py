#!/usr/bin/python3
"""Draws business cards of invented people, and photos of them, each with what is printed on it.

  bench/cards/draw.py FOLDER [--cards N] [--seed S] [--light] [--together N]

writes NAME.jpg and NAME.json ({"half": "clean" | "photo", "cards": [{field: value}]}) for N cards. The clean half is one card a file
as a scanner gives it; the other half are photos on a table: tilted, in perspective, with noise, blur and shadow, some of them several
cards at once. --light puts the photos on a white or pale table; --together N draws nothing but photos of N cards. The same seed gives the same pictures as long as the fonts are the same (Debian: fonts-noto-cjk, fonts-ipafont,
fonts-vlgothic).
"""
import argparse
import json
import math
import os
import random
import sys

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

DOTS = 14  # a millimetre
FONTS = {
    "noto-sans": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"),
    "noto-serif": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"),
    "ipa-gothic": ("/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf",) * 2,
    "ipa-mincho": ("/usr/share/fonts/opentype/ipafont-mincho/ipamp.ttf",) * 2,
    "vl-gothic": ("/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf",) * 2,
}
FAMILY = [("山田", "ヤマダ", "Yamada"), ("佐藤", "サトウ", "Sato"), ("鈴木", "スズキ", "Suzuki"), ("髙橋", "タカハシ", "Takahashi"), ("伊藤", "イトウ", "Ito"),
          ("渡邉", "ワタナベ", "Watanabe"), ("長谷川", "ハセガワ", "Hasegawa"), ("林", "ハヤシ", "Hayashi"), ("佐々木", "ササキ", "Sasaki"), ("小野寺", "オノデラ", "Onodera"),
          ("藤枝", "フジエダ", "Fujieda"), ("熊谷", "クマガイ", "Kumagai"), ("堀", "ホリ", "Hori"), ("早乙女", "サオトメ", "Saotome"), ("三枝", "サエグサ", "Saegusa"),
          ("榊原", "サカキバラ", "Sakakibara"), ("吉﨑", "ヨシザキ", "Yoshizaki"), ("柏木", "カシワギ", "Kashiwagi"), ("瀬戸", "セト", "Seto"), ("米倉", "ヨネクラ", "Yonekura")]
GIVEN = [("太郎", "タロウ", "Taro"), ("花子", "ハナコ", "Hanako"), ("健", "ケン", "Ken"), ("美咲", "ミサキ", "Misaki"), ("翔太", "ショウタ", "Shota"),
         ("陽子", "ヨウコ", "Yoko"), ("さくら", "サクラ", "Sakura"), ("健太郎", "ケンタロウ", "Kentaro"), ("誠", "マコト", "Makoto"), ("由美子", "ユミコ", "Yumiko"),
         ("直樹", "ナオキ", "Naoki"), ("恵", "メグミ", "Megumi"), ("拓也", "タクヤ", "Takuya"), ("真由美", "マユミ", "Mayumi"), ("浩一", "コウイチ", "Koichi")]
COMPANY = [("山田製作所", "yamada-ss", "Yamada Manufacturing"), ("東都商事", "toto-shoji", "Toto Trading"), ("みなと工業", "minato-kogyo", "Minato Industries"),
           ("北斗システム", "hokuto-sys", "Hokuto Systems"), ("サクラ食品", "sakura-foods", "Sakura Foods"), ("オリエント設計", "orient-d", "Orient Design"),
           ("青葉印刷", "aoba-print", "Aoba Printing"), ("大和運輸倉庫", "daiwa-us", "Daiwa Logistics"), ("フロンティア技研", "frontier-g", "Frontier Giken"),
           ("三河電機", "mikawa-denki", "Mikawa Electric"), ("ソレイユ", "soleil", "Soleil"), ("桜川建設", "sakuragawa", "Sakuragawa Construction"),
           ("日本見本", "nihon-mihon", "Nihon Mihon"), ("エヌ・テクノ", "n-techno", "N Techno"), ("柏葉不動産", "hakuyo-re", "Hakuyo Realty")]
FORMS = [("株式会社", True, "Co., Ltd."), ("株式会社", False, "Inc."), ("株式会社", True, "Corporation"), ("有限会社", True, "Ltd."), ("合同会社", True, "LLC")]
DEPARTMENT = ["営業部", "営業本部 第一営業部", "総務部", "技術開発部", "東京支店 営業課", "マーケティング部", "生産管理課", "情報システム部", "購買部", "大阪営業所"]
TITLE = ["代表取締役", "代表取締役社長", "取締役", "部長", "課長", "係長", "主任", "営業課長", "マネージャー", "執行役員", "エンジニア", "次長"]
PLACE = [("100-0005", "東京都千代田区丸の内", "03"), ("530-0001", "大阪府大阪市北区梅田", "06"), ("450-0002", "愛知県名古屋市中村区名駅", "052"),
         ("060-0001", "北海道札幌市中央区北一条西", "011"), ("812-0011", "福岡県福岡市博多区博多駅前", "092"), ("231-0023", "神奈川県横浜市中区山下町", "045"),
         ("980-0811", "宮城県仙台市青葉区一番町", "022"), ("730-0011", "広島県広島市中区基町", "082"), ("604-8005", "京都府京都市中京区恵比須町", "075"),
         ("390-0811", "長野県松本市中央", "0263")]
BUILDING = ["", "", "中央ビル5F", "第二東ビル 3階", "サンタワー12F", "山手ビル 801号室"]


def invent(r):
    family, given = r.choice(FAMILY), r.choice(GIVEN)
    name, domain, english = r.choice(COMPANY)
    form, front, english_form = r.choice(FORMS)
    postal, place, area = r.choice(PLACE)
    numbers = f"{r.randint(1, 9)}-{r.randint(1, 30)}-{r.randint(1, 20)}"
    local = 10 - len(area)
    digits = [str(r.randint(2, 9))] + [str(r.randint(0, 9)) for _ in range(local - 1)]

    def phone(last):
        d = digits[:-1] + [str(last % 10)]
        return f"{area}-{''.join(d[:-4])}-{''.join(d[-4:])}"
    last = int(digits[-1])
    card = {"name": f"{family[0]} {given[0]}", "company_name": form + name if front else name + form, "job_title": r.choice(TITLE), "department": r.choice(DEPARTMENT),
            "postal_code": postal, "street": place + numbers, "building": r.choice(BUILDING), "phone": phone(last), "fax": phone(last + 1),
            "email": f"{r.choice([given[2].lower() + '.' + family[2].lower(), family[2].lower(), given[2][0].lower() + '_' + family[2].lower()])}@{domain}.{r.choice(['co.jp', 'co.jp', 'com', 'jp'])}",
            "website": ""}
    if card["job_title"].startswith("代表"):
        card["department"] = ""
    card["mobile"] = f"0{r.choice([7, 8, 9])}0-{r.randint(1000, 9999)}-{r.randint(1000, 9999)}" if r.random() < 0.6 else ""
    if r.random() < 0.7:
        card["website"] = "https://www." + card["email"].split("@")[1]
    card["kana"] = f"{family[1]} {given[1]}"
    card["romaji"] = f"{given[2]} {family[2].upper()}"
    card["english_company"] = f"{english} {english_form}"
    card["invoice"] = ""
    return card


class Paper:
    """One card of `width` x `height` millimetres."""

    def __init__(self, r, font, width=91, height=55, ink="#111111", paper="#ffffff"):
        self.image = Image.new("RGB", (width * DOTS, height * DOTS), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.r, self.font, self.ink = r, font, ink

    def face(self, points, bold=False):
        return ImageFont.truetype(FONTS[self.font][1 if bold else 0], round(points * 0.3528 * DOTS), index=0)

    def text(self, x, y, text, points, bold=False, gap=0.0, ink=None, right=False, middle=False):
        """At millimetres; `gap` is set between the letters, in letters."""
        face = self.face(points, bold)
        step = gap * face.size
        width = sum(face.getlength(c) for c in text) + step * max(0, len(text) - 1) if gap else face.getlength(text)
        at = x * DOTS - (width if right else width / 2 if middle else 0)
        if not gap:
            self.draw.text((at, y * DOTS), text, font=face, fill=ink or self.ink)
            return
        for c in text:
            self.draw.text((at, y * DOTS), c, font=face, fill=ink or self.ink)
            at += face.getlength(c) + step

    def column(self, x, y, text, points, bold=False, gap=0.1):
        """Vertical, from the top; x is the middle of the column."""
        face = self.face(points, bold)
        at = y * DOTS
        for c in text:
            if c == " ":
                at += face.size * 0.6
                continue
            if c in "ー－-（）":
                tile = Image.new("L", (face.size * 2, face.size * 2), 0)
                ImageDraw.Draw(tile).text((face.size * 0.5, face.size * 0.3), "ー" if c in "-－" else c, font=face, fill=255)
                box = tile.getbbox()
                tile = tile.crop(box).rotate(-90, expand=True)
                self.image.paste(Image.new("RGB", tile.size, self.ink), (int(x * DOTS - tile.width / 2), int(at + (face.size - tile.height) / 2)), tile)
            else:
                width = face.getlength(c)
                self.draw.text((x * DOTS - width / 2, at), c, font=face, fill=self.ink)
            at += face.size * (1 + gap)


def contact_lines(card, style):
    lines = []
    labels = [("TEL ", "FAX ", "携帯 ", "E-mail: ", ""), ("Tel.", "Fax.", "Mobile.", "Mail. ", "URL "), ("T ", "F ", "M ", "E ", "W "), ("電話 ", "FAX ", "携帯電話 ", "", "")][style % 4]
    if style % 2:
        lines.append(f"{labels[0]}{card['phone']}   {labels[1]}{card['fax']}")
    else:
        lines += [labels[0] + card["phone"], labels[1] + card["fax"]]
    if card["mobile"]:
        lines.append(labels[2] + card["mobile"])
    lines.append(labels[3] + card["email"])
    if card["website"]:
        lines.append(labels[4] + card["website"])
    return lines


def address_lines(card):
    first = f"〒{card['postal_code']} {card['street']}"
    return [first + (" " + card["building"] if card["building"] else "")] if len(first) + len(card["building"]) < 27 else [first, card["building"]]


def plain(r, card, font):
    p = Paper(r, font)
    p.text(8, 6, card["company_name"], 11, bold=True)
    p.text(8, 15, " ".join(x for x in (card["department"], card["job_title"]) if x), 7.5)
    p.text(8, 20, card["name"] if r.random() < 0.5 else card["name"].replace(" ", "　"), 15, bold=r.random() < 0.5, gap=r.choice([0, 0.12, 0.4]))
    y = 31
    for line in address_lines(card) + contact_lines(card, r.randint(0, 3)):
        p.text(8, y, line, 6.8)
        y += 3.3
    return p.image


def centered(r, card, font):
    p = Paper(r, font, paper="#fbf8f0")
    p.text(45.5, 5, card["company_name"], 10, middle=True, gap=0.1)
    p.text(45.5, 14, " ".join(x for x in (card["department"], card["job_title"]) if x), 7, middle=True)
    p.text(45.5, 18.5, card["kana"], 5.5, middle=True)
    p.text(45.5, 21, card["name"], 16, middle=True, gap=0.15)
    y = 32
    for line in address_lines(card) + contact_lines(card, 1):
        p.text(45.5, y, line, 6.6, middle=True)
        y += 3.5
    return p.image


def logo(r, card, font):
    p = Paper(r, font)
    color = r.choice(["#0a5ca8", "#b3202c", "#1d7a4b", "#e07b00"])
    p.draw.ellipse((6 * DOTS, 5 * DOTS, 17 * DOTS, 16 * DOTS), fill=color)
    p.draw.polygon([(11.5 * DOTS, 6.5 * DOTS), (15 * DOTS, 14 * DOTS), (8 * DOTS, 14 * DOTS)], fill="white")
    p.draw.rectangle((0, 53 * DOTS, 91 * DOTS, 55 * DOTS), fill=color)
    p.text(20, 7, card["company_name"], 12, bold=True, ink=color)
    p.text(85, 18, card["department"], 7, right=True)
    p.text(85, 22, card["job_title"], 7, right=True)
    p.text(85, 25.5, card["name"], 15, right=True, gap=0.1)
    y = 36
    for line in address_lines(card) + contact_lines(card, 3):
        p.text(85, y, line, 6.3, right=True)
        y += 3.1
    return p.image


def dark(r, card, font):
    p = Paper(r, font, ink="#f4f4f4", paper=r.choice(["#14213d", "#222222", "#0b3d2e", "#5a1020"]))
    p.text(8, 8, card["name"], 16, gap=0.1)
    p.text(8, 16.5, card["romaji"], 7)
    p.text(8, 21, " ".join(x for x in (card["department"], card["job_title"]) if x), 7)
    p.text(8, 28, card["company_name"], 9.5, bold=True)
    y = 34.5
    for line in address_lines(card) + contact_lines(card, 2):
        p.text(8, y, line, 6.4)
        y += 3.2
    return p.image


def two_languages(r, card, font):
    p = Paper(r, font)
    p.text(6, 5, card["company_name"], 10, bold=True)
    p.text(6, 10, card["english_company"], 6)
    p.draw.line((6 * DOTS, 14 * DOTS, 85 * DOTS, 14 * DOTS), fill="#888888", width=2)
    p.text(6, 16, " ".join(x for x in (card["department"], card["job_title"]) if x), 7)
    p.text(6, 20.5, card["name"], 14, gap=0.2)
    p.text(50, 23, card["romaji"], 7.5)
    y = 31
    for line in address_lines(card) + contact_lines(card, 1):
        p.text(6, y, line, 6.4)
        y += 3.2
    return p.image


def kanji_digits(text):
    return text.translate(str.maketrans("0123456789-", "〇一二三四五六七八九ー"))


def vertical(r, card, font):
    p = Paper(r, font, width=55, height=91)
    p.column(45, 8, card["company_name"], 11, gap=0.15)
    p.column(36, 14, " ".join(x for x in (card["department"], card["job_title"]) if x), 7.5)
    p.column(27.5, 22, card["name"], 17, gap=0.3)
    p.column(17, 10, "〒" + kanji_digits(card["postal_code"]), 6.5)
    p.column(13, 10, kanji_digits(card["street"]), 6.8)
    if card["building"]:
        p.column(9.5, 22, card["building"].replace("F", "階").translate(str.maketrans("0123456789", "〇一二三四五六七八九")), 6.5)
    y = 76
    for line in contact_lines(card, 0)[:4]:
        p.text(6, y, line, 5.6)
        y += 3
    card["website"] = "" if len(contact_lines(card, 0)) > 4 else card["website"]
    return p.image


def vertical_wide(r, card, font):
    """A wide card with vertical writing, phones in a row below."""
    p = Paper(r, font)
    p.column(80, 5, card["company_name"], 9.5, gap=0.1)
    p.column(70, 8, " ".join(x for x in (card["department"], card["job_title"]) if x), 7)
    p.column(57, 8, card["name"], 16, gap=0.2)
    y = 26
    for line in address_lines(card) + contact_lines(card, 0):
        p.text(5, y, line, 5.6)
        y += 3
    return p.image


def tall(r, card, font):
    """A tall card set in rows."""
    p = Paper(r, font, width=55, height=91)
    p.text(27.5, 8, card["company_name"], 9.5, middle=True, bold=True)
    p.text(27.5, 22, card["department"], 7, middle=True)
    p.text(27.5, 27, card["job_title"], 7, middle=True)
    p.text(27.5, 33, card["name"], 15, middle=True, gap=0.2)
    p.text(27.5, 41, card["romaji"], 6.5, middle=True)
    y = 54
    p.text(5, y, "〒" + card["postal_code"], 6)
    p.text(5, y + 3, card["street"], 6)
    p.text(5, y + 6, card["building"], 6)
    y += 10
    for line in contact_lines(card, 0):
        p.text(5, y, line, 6)
        y += 3.2
    return p.image


LAYOUTS = [plain, centered, logo, dark, two_languages, vertical, vertical_wide, tall]


def draw_card(r, number):
    card = invent(r)
    layout = LAYOUTS[number % len(LAYOUTS)]
    font = list(FONTS)[(number // len(LAYOUTS) + number) % len(FONTS)]
    image = layout(r, card, font)
    truth = {key: card[key] for key in ("name", "company_name", "department", "job_title", "postal_code", "phone", "fax", "mobile", "email", "website")}
    truth["address_text"] = card["street"] + (" " + card["building"] if card["building"] else "")
    truth["layout"], truth["font"] = layout.__name__, font
    return image, truth


def solve(a, b):
    """Gauss, for the eight numbers of a perspective."""
    n = len(b)
    m = [row[:] + [v] for row, v in zip(a, b)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(m[k][i]))
        m[i], m[pivot] = m[pivot], m[i]
        for k in range(i + 1, n):
            f = m[k][i] / m[i][i]
            for j in range(i, n + 1):
                m[k][j] -= f * m[i][j]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (m[i][n] - sum(m[i][j] * x[j] for j in range(i + 1, n))) / m[i][i]
    return x


def place(table, card, corners):
    """Puts the card onto the table with its corners (clockwise from its top left) there."""
    a, b = [], []
    for (u, v), (x, y) in zip([(0, 0), (card.width, 0), (card.width, card.height), (0, card.height)], corners):
        a.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        b.append(u)
        a.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        b.append(v)
    warped = card.transform(table.size, Image.PERSPECTIVE, solve(a, b), Image.BICUBIC)
    mask = Image.new("L", table.size, 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    shadow = ImageChops.offset(mask, 10, 14).filter(ImageFilter.GaussianBlur(14)).point(lambda v: v * 0.35)
    table.paste(Image.new("RGB", table.size, "black"), (0, 0), shadow)
    table.paste(warped, (0, 0), mask)


def corners_at(r, card, x, y, width, tilt, bend):
    """A card about (x, y), `width` wide, turned by `tilt` degrees, each corner moved by up to `bend` of its width."""
    height = width * card.height / card.width
    c, s = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    out = []
    for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        dx, dy = u * width / 2 + r.uniform(-bend, bend) * width, v * height / 2 + r.uniform(-bend, bend) * width
        out.append((x + dx * c - dy * s, y + dx * s + dy * c))
    return out


def finish(r, image, blur, noise):
    image = image.filter(ImageFilter.GaussianBlur(blur))
    light = Image.linear_gradient("L").resize(image.size).rotate(r.choice([0, 90, 180, 270]), expand=False).resize(image.size)
    image = Image.blend(image, ImageChops.multiply(image, Image.merge("RGB", [light] * 3)), r.uniform(0.05, 0.3))
    grain = Image.effect_noise(image.size, noise).convert("RGB")
    image = ImageChops.add(image, grain, 1, -128)
    return ImageEnhance.Brightness(image).enhance(r.uniform(0.9, 1.1))


DARK = [(92, 64, 42), (60, 66, 72), (128, 104, 80), (40, 84, 70), (30, 30, 34)]
LIGHT = [(244, 243, 240), (226, 226, 224), (236, 226, 208), (214, 222, 228)]  # paper, white desks, pale wood


def table_of(r, size, colors):
    color = r.choice(colors)
    table = Image.new("RGB", size, color)
    grain = Image.effect_noise((size[0] // 8, size[1]), 40).resize(size).convert("RGB")
    return Image.blend(table, grain, 0.12)


def clean(r, image):
    """As a scanner gives it: the card with a little of the lid around, hardly turned."""
    tilt = r.uniform(-1.2, 1.2)
    page = Image.new("RGB", (image.width + 60, image.height + 60), "#ececec")
    page.paste(image, (30, 30))
    return page.rotate(tilt, Image.BICUBIC, expand=False, fillcolor="#ececec").filter(ImageFilter.GaussianBlur(0.5))


def photo(r, cards, colors=DARK):
    """One card, or several in two columns, none over another."""
    if len(cards) == 1:
        table = table_of(r, (2400, 1800), colors)
        card = cards[0]
        width = 1700 if card.width > card.height else 950
        place(table, card, corners_at(r, card, 1200 + r.uniform(-80, 80), 900 + r.uniform(-60, 60), width, r.uniform(-12, 12), 0.025))
        return finish(r, table, r.uniform(0.6, 1.6), r.uniform(4, 12))
    rows = (len(cards) + 1) // 2
    step = 1050 if all(card.width > card.height for card in cards) else 1300
    table = table_of(r, (3200, rows * step + 200), colors)
    for i, card in enumerate(cards):
        width = 1350 if card.width > card.height else 700
        place(table, card, corners_at(r, card, 830 + 1540 * (i % 2), 75 + step / 2 + step * (i // 2), width, r.uniform(-5, 5), 0.012))
    return finish(r, table, r.uniform(0.5, 1.2), r.uniform(3, 9))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--cards", type=int, default=80)
    arguments.add_argument("--seed", type=int, default=20261122)
    arguments.add_argument("--light", action="store_true", help="photos on a white or pale table")
    arguments.add_argument("--together", type=int, default=0, help="only photos, of this many cards each")
    given = arguments.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    # Half clean; of the rest half alone on a photo, half together.
    number = 0
    while number < given.cards:
        r = random.Random(f"{given.seed}/{number}")
        part = 3 if given.together else number * 4 // given.cards
        count = 1 if part < 3 else min(given.together or 4, given.cards - number)
        drawn = [draw_card(r if i == 0 else random.Random(f"{given.seed}/{number + i}"), number + i) for i in range(count)]
        images = [image for image, _ in drawn]
        image = clean(r, images[0]) if part < 2 else photo(r, images, LIGHT if given.light else DARK)
        name = os.path.join(given.folder, f"{number:03d}")
        image.save(name + ".jpg", quality=88)
        with open(name + ".json", "w") as file:
            json.dump({"half": "clean" if part < 2 else "photo", "cards": [truth for _, truth in drawn]}, file, ensure_ascii=False, indent=1)
        number += count
    return 0


if __name__ == "__main__":
    sys.exit(main())
