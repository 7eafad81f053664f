"""The language of a text is detected from its script, its words or a model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.languages import GENERIC, LANGUAGES, Language, detection
from summarize.languages.detection import detect_language

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
CASES = json.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "segmentation.json").read_text(encoding="utf-8")
)
CUES = sorted((Path(detection.__file__).parent / "data").glob("*.txt"))

# One short paragraph of ordinary text for each language.
PARAGRAPHS = {
    "af": "Die stadsraad het gister besluit om 'n nuwe brug oor die rivier te bou. Die werk sal in Maart"
    " begin en twee jaar duur. Die burgemeester het gesê dat dit nie maklik was om die geld te kry"
    " nie.",
    "ar": "قرر مجلس المدينة أمس بناء جسر جديد على النهر. سيبدأ العمل في مارس ويستمر عامين. وقال رئيس"
    " البلدية إن الحصول على المال لم يكن سهلا، لكن السكان الذين ينتظرون منذ سنوات سعداء جدا.",
    "be": "Гарадскі савет учора вырашыў пабудаваць новы мост праз раку. Работы пачнуцца ў сакавіку і будуць"
    " працягвацца два гады. Мэр сказаў, што знайсці грошы было няпроста, але жыхары вельмі рады.",
    "bg": "Общинският съвет реши вчера да построи нов мост над реката. Работата ще започне през март и ще"
    " продължи две години. Кметът каза, че не е било лесно да се намерят парите, но жителите са"
    " доволни.",
    "ca": "L'ajuntament va decidir ahir construir un pont nou sobre el riu. Les obres començaran al març i"
    " duraran dos anys. L'alcaldessa va dir que no ha estat fàcil trobar els diners, però que els"
    " veïns estan contents.",
    "cs": "Městská rada včera rozhodla, že postaví nový most přes řeku. Práce začnou v březnu a potrvají"
    " dva roky. Starosta řekl, že nebylo snadné sehnat peníze, ale obyvatelé, kteří čekají už léta,"
    " mají radost.",
    "da": "Byrådet besluttede i går at bygge en ny bro over floden. Arbejdet begynder i marts og varer to"
    " år. Borgmesteren sagde, at det ikke havde været nemt at finde pengene, men at beboerne er meget"
    " glade.",
    "de": "Der Stadtrat hat gestern beschlossen, eine neue Brücke über den Fluss zu bauen. Die Arbeiten"
    " beginnen im März und dauern zwei Jahre. Die Bürgermeisterin sagte, es sei nicht leicht gewesen,"
    " das Geld zu finden.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε χθες να χτίσει μια νέα γέφυρα πάνω από το ποτάμι.",
    "en": "The city council decided yesterday to build a new bridge over the river. Work will begin in"
    " March and last two years. The mayor said that it had not been easy to find the money, but"
    " residents are happy.",
    "es": "El ayuntamiento decidió ayer construir un puente nuevo sobre el río. Las obras comenzarán en"
    " marzo y durarán dos años. La alcaldesa dijo que no ha sido fácil encontrar el dinero, pero los"
    " vecinos están contentos.",
    "et": "Linnavolikogu otsustas eile ehitada üle jõe uue silla. Tööd algavad märtsis ja kestavad kaks"
    " aastat. Linnapea ütles, et raha leidmine ei olnud kerge, kuid elanikud, kes on seda oodanud, on"
    " väga rahul.",
    "fa": "شورای شهر دیروز تصمیم گرفت که یک پل جدید بر روی رودخانه بسازد. کار در ماه مارس آغاز می‌شود و دو"
    " سال طول می‌کشد. شهردار گفت که پیدا کردن پول آسان نبود، اما ساکنان این محله خوشحال هستند.",
    "fi": "Kaupunginvaltuusto päätti eilen rakentaa uuden sillan joen yli. Työt alkavat maaliskuussa ja"
    " kestävät kaksi vuotta. Pormestari sanoi, että rahan löytäminen ei ollut helppoa, mutta asukkaat"
    " ovat nyt iloisia.",
    "fr": "Le conseil municipal a décidé hier de construire un nouveau pont sur la rivière. Les travaux"
    " commenceront en mars et dureront deux ans. La maire a dit qu'il n'avait pas été facile de"
    " trouver l'argent.",
    "gl": "O concello decidiu onte construír unha ponte nova sobre o río. As obras comezarán en marzo e"
    " durarán dous anos. A alcaldesa dixo que non foi doado atopar os cartos, pero que os veciños"
    " están moi contentos.",
    "he": "מועצת העיר החליטה אתמול לבנות גשר חדש מעל הנהר. העבודה תתחיל במרץ ותימשך שנתיים. ראש העיר אמר כי"
    " לא היה קל למצוא את הכסף, אבל התושבים שחיכו לגשר שנים רבות שמחים מאוד על ההחלטה.",
    "hi": "नगर परिषद ने कल नदी पर एक नया पुल बनाने का फैसला किया। काम मार्च में शुरू होगा और दो साल तक"
    " चलेगा। महापौर ने कहा कि पैसा जुटाना आसान नहीं था, लेकिन लोग बहुत खुश हैं।",
    "hr": "Gradsko vijeće jučer je odlučilo sagraditi novi most preko rijeke. Radovi će početi u ožujku i"
    " trajati dvije godine. Gradonačelnik je rekao da nije bilo lako naći novac, ali da su stanovnici"
    " koji čekaju sretni.",
    "hu": "A városi tanács tegnap úgy döntött, hogy új hidat épít a folyó fölé. A munka márciusban kezdődik"
    " és két évig tart. A polgármester azt mondta, hogy nem volt könnyű pénzt találni, de a lakók"
    " örülnek.",
    "hy": "Քաղաքային խորհուրդը երեկ որոշեց նոր կամուրջ կառուցել գետի վրա։",
    "id": "Dewan kota kemarin memutuskan untuk membangun jembatan baru di atas sungai. Pekerjaan akan"
    " dimulai pada bulan Maret dan berlangsung dua tahun. Wali kota mengatakan bahwa tidak mudah untuk"
    " mendapatkan uang itu karena mereka juga harus membangun sekolah.",
    "is": "Borgarstjórnin ákvað í gær að byggja nýja brú yfir ána. Vinnan hefst í mars og stendur í tvö ár."
    " Borgarstjórinn sagði að það hefði ekki verið auðvelt að finna féð en að íbúarnir væru mjög"
    " ánægðir.",
    "it": "Il consiglio comunale ha deciso ieri di costruire un nuovo ponte sul fiume. I lavori inizieranno"
    " a marzo e dureranno due anni. La sindaca ha detto che non è stato facile trovare i soldi, ma gli"
    " abitanti sono contenti.",
    "ja": "市議会は昨日、川に新しい橋を架けることを決めた。工事は三月に始まり、二年間続く。",
    "ka": "საქალაქო საბჭომ გუშინ გადაწყვიტა მდინარეზე ახალი ხიდის აშენება.",
    "kk": "Қалалық кеңес кеше өзен үстінен жаңа көпір салу туралы шешім қабылдады. Жұмыс наурызда басталып,"
    " екі жыл бойы жалғасады. Әкім қаржы табу оңай болмады, бірақ тұрғындар бұл шешімге өте қуанышты"
    " деп айтты.",
    "ko": "시의회는 어제 강 위에 새 다리를 놓기로 결정했다. 공사는 3월에 시작되어 2년 동안 이어진다.",
    "lt": "Miesto taryba vakar nusprendė pastatyti naują tiltą per upę. Darbai prasidės kovo mėnesį ir"
    " truks dvejus metus. Meras sakė, kad rasti pinigų nebuvo lengva, bet gyventojai, kurie laukė, yra"
    " labai patenkinti.",
    "lv": "Pilsētas dome vakar nolēma būvēt jaunu tiltu pār upi. Darbi sāksies martā un ilgs divus gadus."
    " Mērs teica, ka naudu atrast nebija viegli, bet iedzīvotāji, kas ir gaidījuši, par to ir ļoti"
    " priecīgi.",
    "mk": "Градскиот совет вчера одлучи да изгради нов мост преку реката. Работата ќе почне во март и ќе"
    " трае две години. Градоначалникот рече дека не било лесно да се најдат парите, но жителите се"
    " задоволни.",
    "mr": "नगर परिषदेने काल नदीवर नवीन पूल बांधण्याचा निर्णय घेतला आहे. काम मार्चमध्ये सुरू होईल आणि दोन"
    " वर्षे चालेल. महापौर म्हणाले की पैसे मिळवणे सोपे नव्हते, पण लोक आनंदी आहेत.",
    "ms": "Majlis bandaran semalam memutuskan untuk membina jambatan baharu di atas sungai. Kerja akan"
    " bermula pada bulan Mac dan berlangsung selama dua tahun. Datuk bandar berkata beliau berasa lega"
    " kerana wang itu telah diperoleh, walaupun ia tidak mudah.",
    "ne": "नगर परिषदले हिजो नदीमाथि नयाँ पुल बनाउने निर्णय गरेको छ। काम मार्चमा सुरु हुनेछ र दुई वर्षसम्म"
    " चल्नेछ। मेयरले भने कि पैसा जुटाउन सजिलो थिएन, तर मानिसहरू खुसी छन्।",
    "nl": "De gemeenteraad heeft gisteren besloten een nieuwe brug over de rivier te bouwen. Het werk"
    " begint in maart en duurt twee jaar. De burgemeester zei dat het niet makkelijk was om het geld"
    " te vinden.",
    "no": "Bystyret vedtok i går å bygge en ny bro over elva. Arbeidet begynner i mars og varer i to år."
    " Ordføreren sa at det ikke hadde vært lett å finne pengene, men at innbyggerne er veldig glade"
    " for det nå.",
    "pl": "Rada miasta zdecydowała wczoraj, że zbuduje nowy most na rzece. Prace zaczną się w marcu i"
    " potrwają dwa lata. Burmistrz powiedział, że nie było łatwo znaleźć pieniądze, ale mieszkańcy się"
    " cieszą.",
    "pt": "A câmara municipal decidiu ontem construir uma nova ponte sobre o rio. As obras vão começar em"
    " março e durar dois anos. A prefeita disse que não foi fácil encontrar o dinheiro, mas os"
    " moradores estão felizes.",
    "ro": "Consiliul orașului a decis ieri să construiască un pod nou peste râu. Lucrările vor începe în"
    " martie și vor dura doi ani. Primarul a spus că nu a fost ușor să găsească banii, dar locuitorii"
    " sunt foarte mulțumiți.",
    "ru": "Городской совет вчера решил построить новый мост через реку. Работы начнутся в марте и продлятся"
    " два года. Мэр сказал, что найти деньги было нелегко, но жители, которые ждали этого много лет,"
    " очень рады.",
    "sk": "Mestská rada včera rozhodla, že postaví nový most cez rieku. Práce sa začnú v marci a potrvajú"
    " dva roky. Starosta povedal, že nebolo ľahké zohnať peniaze, ale obyvatelia, ktorí čakajú už"
    " roky, sa veľmi tešia.",
    "sl": "Mestni svet se je včeraj odločil, da bo zgradil nov most čez reko. Dela se bodo začela marca in"
    " bodo trajala dve leti. Župan je rekel, da ni bilo lahko najti denarja, vendar so prebivalci zelo"
    " zadovoljni.",
    "sq": "Këshilli i qytetit vendosi dje të ndërtojë një urë të re mbi lumë. Punimet do të fillojnë në"
    " mars dhe do të zgjasin dy vjet. Kryetari tha se nuk ishte e lehtë të gjendeshin paratë, por"
    " banorët janë të kënaqur.",
    "sr": "Градско веће је јуче одлучило да изгради нови мост преко реке. Радови ће почети у марту и"
    " трајаће две године. Градоначелник је рекао да није било лако наћи новац, али да су становници"
    " веома срећни.",
    "sv": "Stadsfullmäktige beslutade i går att bygga en ny bro över floden. Arbetet börjar i mars och"
    " pågår i två år. Borgmästaren sade att det inte hade varit lätt att hitta pengarna, men att"
    " invånarna är mycket glada.",
    "sw": "Baraza la jiji liliamua jana kujenga daraja jipya juu ya mto huo. Kazi itaanza mwezi Machi na"
    " itachukua miaka miwili. Meya alisema kuwa haikuwa rahisi kupata fedha hizo, lakini wakazi wa"
    " eneo hilo wana furaha sana.",
    "th": "สภาเมืองตัดสินใจเมื่อวานนี้ว่าจะสร้างสะพานใหม่ข้ามแม่น้ำ งานจะเริ่มในเดือนมีนาคม",
    "tl": "Nagpasya kahapon ang konseho ng lungsod na magtayo ng bagong tulay sa ibabaw ng ilog."
    " Magsisimula ang mga gawain sa Marso at tatagal ng dalawang taon. Sinabi ng alkalde na hindi"
    " naging madali ang paghahanap ng pera.",
    "tr": "Belediye meclisi dün nehrin üzerine yeni bir köprü yapmaya karar verdi. Çalışmalar mart ayında"
    " başlayacak ve iki yıl sürecek. Belediye başkanı, parayı bulmanın kolay olmadığını ama halkın çok"
    " mutlu olduğunu söyledi.",
    "uk": "Міська рада вчора вирішила побудувати новий міст через річку. Роботи почнуться в березні і"
    " триватимуть два роки. Мер сказав, що знайти гроші було нелегко, але мешканці, які чекали на це,"
    " дуже раді.",
    "ur": "شہر کی کونسل نے کل دریا پر ایک نیا پل بنانے کا فیصلہ کیا ہے۔ کام مارچ میں شروع ہوگا اور دو سال"
    " تک جاری رہے گا۔ میئر نے کہا کہ پیسے تلاش کرنا آسان نہیں تھا لیکن لوگ بہت خوش ہیں۔",
    "vi": "Hội đồng thành phố hôm qua đã quyết định xây một cây cầu mới qua sông. Công việc sẽ bắt đầu vào"
    " tháng ba và kéo dài hai năm. Thị trưởng nói rằng việc tìm tiền không dễ dàng, nhưng người dân"
    " rất vui.",
    "zh": "市议会昨天决定在河上修建一座新桥。工程将于三月开始，为期两年。",
}  # fmt: skip


@pytest.fixture
def no_model(monkeypatch):
    def ask(sample: str) -> Language:
        raise AssertionError(f"the model was asked about {sample[:50]!r}")

    monkeypatch.setattr(detection, "_ask_model", ask)
    monkeypatch.setattr(detection, "_rank_languages", lambda sample, script: ask(sample))


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_seed_is_detected_without_the_model(path):
    assert detect_language(path.read_text(encoding="utf-8")).code == path.stem.rpartition(".")[2]


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize("code", PARAGRAPHS)
def test_paragraph_is_detected_without_the_model(code):
    assert detect_language(PARAGRAPHS[code]) is LANGUAGES[code]


@pytest.mark.parametrize(
    "code", ["am", "bn", "gu", "he", "ka", "km", "kn", "ko", "lo", "ml", "my", "pa", "ta", "te", "th"]
)
def test_language_with_its_own_script_is_detected_from_one_sentence(code):
    text = next(case["text"] for case in CASES if case["language"] == code)
    assert detect_language(text) is LANGUAGES[code]


@pytest.mark.parametrize("text", ["", " \n\t", "1984", "3.14 + 2.72 = 5.86", "😀😀", "...", "\x00", "\ud800"])
def test_text_without_letters_is_generic(text):
    assert detect_language(text) is GENERIC


@pytest.mark.parametrize(
    ("headline", "code"),
    [
        ("Council votes on new bridge", "en"),
        ("Bridge", "en"),
        ("Mayor quits", "en"),
        ("I don't think so.", "en"),
        ("Мост открыт", "ru"),
        ("جسر", "ar"),
        ("नया पुल", "hi"),
        ("Der neue Fluss", "de"),
        ("¿Qué pasó en la ciudad?", "es"),
        ("新桥", "zh"),
        ("新しい橋", "ja"),
        ("Новий міст через річку", "uk"),
    ],
)
def test_headline_is_detected_from_a_word_or_its_script(headline, code):
    assert detect_language(headline).code == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("cs", "Škola je zavřená."),
        ("cs", "Lidé čekají."),
        ("hu", "Az iskola zárva van."),
        ("da", "Hvad sker der i byen?"),
        ("da", "Børnene leger ude, mens de voksne spiser. Vi tager hjem i morgen, når vi har fået penge."),
        ("no", "Barna leker ute mens de voksne spiser. Vi drar hjem i morgen, når vi har fått penger."),
        ("sv", "Skolan är stängd."),
        ("nl", "De school is dicht."),
        ("af", "Die skool is gesluit."),
        ("pt", "A escola está fechada."),
        ("es", "La escuela está cerrada."),
        ("it", "Oggi piove."),
        ("fr", "Il pleut."),
        ("de", "Guten Morgen"),
        ("ro", "Podul este închis."),
        ("hr", "Ljudi čekaju trajekt."),
        ("pl", "Most jest zamknięty."),
        ("lt", "Mokykla uždaryta."),
        ("lv", "Skola ir slēgta."),
        ("et", "Kool on suletud."),
        ("fi", "Silta on kiinni."),
        ("is", "Það rignir í dag."),
        ("tr", "Okul kapalı."),
        ("eu", "Zubia itxita dago."),
        ("ca", "Avui plou molt."),
        ("vi", "Hôm nay trời mưa."),
        ("en", "Fire destroys old mill"),
        ("en", "Café reopens"),
        ("en", "Contact us"),
        ("uk", "Ґудзик загубився."),
        ("uk", "Їжак спить."),
        ("be", "Сёння ідзе дождж."),
        ("mk", "Ноќ и ден."),
        ("mk", "Ѓорѓи спие."),
        ("sr", "Ђак учи."),
        ("bg", "Мостът е затворен."),
        ("ru", "Паром опоздал"),
        ("fa", "پل بسته است."),
        ("ur", "اسکول بند ہے۔"),
        ("mr", "पूल बंद आहे."),
    ],
)
def test_sentence_of_a_few_words_is_detected(code, text):
    assert detect_language(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "בית הספר סגור.",
        "הילדה אוכלת תפוח",
        "אין לי כסף.",
        "ייתכן שיירד גשם",
        "נווה שאנן",
        "די לכיבוש",
        "הַגֶּשֶׁר סָגוּר",
        "אַבָּא אָמַר לִי",
        "אִמָּא וְאַבָּא אֵינָם בַּבַּיִת",
    ],
)
def test_hebrew_is_not_taken_for_yiddish(text):
    assert detect_language(text).code == "he"


@pytest.mark.parametrize(
    "text",
    [
        "די שול איז פֿאַרמאַכט.",
        "דער רעגן גייט הײַנט.",
        "די בריק איז פארמאכט.",
        "איך האב ליב די שטאט",
        "װאָס מאַכט איר?",
        "דאָס קינד שלאָפֿט",
    ],
)
def test_yiddish_is_detected_from_its_words_and_letters(text):
    assert detect_language(text).code == "yi"


def test_short_text_that_is_clear_does_not_ask_the_model(no_model):
    assert detect_language("The council and the mayor agree.").code == "en"


def test_mixed_text_gets_its_majority_language():
    mixed = PARAGRAPHS["de"] * 3 + PARAGRAPHS["en"]
    assert detect_language(mixed).code == "de"


def test_names_in_another_script_are_ignored():
    assert detect_language("Владимир Путин и Си Цзиньпин. " + PARAGRAPHS["en"]).code == "en"


def test_english_words_in_a_chinese_text_are_ignored():
    assert detect_language("Windows, Linux, Android 和 iOS 都是操作系统，用户可以自由选择。").code == "zh"


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_text_with_decomposed_letters_is_detected(code):
    import unicodedata

    assert detect_language(unicodedata.normalize("NFD", PARAGRAPHS[code])).code == code


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_text_in_capitals_is_detected(code):
    assert detect_language(PARAGRAPHS[code].upper()).code == code


def test_arabic_with_vowel_points_is_detected():
    assert detect_language("قَرَّرَ مَجْلِسُ الْمَدِينَةِ أَمْسِ بِنَاءَ جِسْرٍ جَدِيدٍ عَلَى النَّهْرِ فِي الْمَدِينَةِ.").code == "ar"


def test_language_without_cues_is_detected_by_the_model():
    welsh = (
        "Mae'r llywodraeth wedi cyhoeddi cynllun newydd ar gyfer ysgolion yng Nghymru y flwyddyn nesaf. Bydd"
        " yr arian yn cael ei wario ar adeiladau newydd ac ar athrawon."
    )
    entry = detect_language(welsh)
    assert (entry.code, entry.name, entry.stemmer) == ("cy", GENERIC.name, "")


def test_gibberish_is_generic():
    assert detect_language("asdf qwer zxcv poiu lkjh mnbv tyui ghjk vbnm qwer fdsa rewq vcxz") is GENERIC


def test_script_of_no_known_language_is_generic():
    assert detect_language("ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ") is GENERIC


@settings(deadline=None)
@given(st.text())
def test_every_text_gets_a_language(text):
    assert isinstance(detect_language(text), Language)


@settings(deadline=None)
@given(st.sampled_from(sorted(PARAGRAPHS)), st.integers(1, 400))
def test_every_prefix_of_a_text_gets_a_language_of_its_script(code, size):
    found = detect_language(PARAGRAPHS[code][:size])
    assert found.script in (LANGUAGES[code].script, "Zyyy", "Hani")


@pytest.mark.parametrize(
    "name", ["news.en", "article.de", "article.fr", "article.ru", "article.zh", "article.ar"]
)
def test_ordinary_article_does_not_import_the_model(name):
    program = (
        "import sys; from pathlib import Path; from summarize.languages.detection import detect_language;"
        f"detect_language(Path({str(SEEDS / name)!r} + '.txt').read_text(encoding='utf-8'));"
        "sys.exit('numpy' in sys.modules or 'py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=SEEDS.parent).returncode == 0


@pytest.mark.parametrize("path", CUES, ids=lambda path: path.stem)
def test_cues_are_in_lower_case_and_unique(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, alphabet, *words = line.split()
            assert len(words) == len(set(words)), code
            assert all(word == word.lower() for word in words), code
            assert alphabet == "-" or all(letter > "\x7f" for letter in alphabet), code


def test_every_language_of_a_shared_script_has_cues():
    shared = {path.stem for path in CUES}
    listed = {line.split()[0] for path in CUES for line in path.read_text(encoding="utf-8").splitlines()}
    assert {entry.code for entry in LANGUAGES.values() if entry.script in shared} <= listed
