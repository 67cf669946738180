"""Letters as strangers write them, in the languages that Comity reads: one matter, and what each says of it."""

from typing import Final

EN = """GOVERNMENT OF INDIA
Ministry of Home Affairs, Internal Security-II Division
North Block, New Delhi, India
E-mail: lc-is2@mha.example   Tel: +91 11 2309 2161

Ref. No.: 25016/31/2026-LC
Date: 24 November 2026

To: Office of International Affairs, Criminal Division, Department of Justice
Washington D.C., United States of America

Subject: Request for mutual legal assistance in a criminal matter - URGENT AND CONFIDENTIAL

This request is made under Article 7 of the Treaty between the Government of the Republic of India and the
Government of the United States of America on Mutual Legal Assistance in Criminal Matters.

1. FACTS OF THE CASE
On 16 November 2026 customers of a bank in Suryapur received mails from settle.desk@gmail.com that led to
hxxps://secure-suryabank[.]example/login. Between 16 and 18 November 2026 INR 2,480,000 was taken.
Suspect: Rakesh Kumar @ Raka, born 1.2.1990

2. OFFENCES
Sections 66C and 66D of the Information Technology Act, 2000; cheating by personation.

3. ASSISTANCE REQUESTED
You are requested to obtain from Google LLC the subscriber information and the log-in records of the account
settle.desk@gmail.com for the period from 16 November 2026 to 20 November 2026, and the content of the mailbox.
Kindly keep this request confidential and do not notify the account holder.
A reply within 30 days would be appreciated.

4. UNDERTAKINGS
Reciprocity is assured.

Yours faithfully,
Under Secretary"""

DE = """Staatsanwaltschaft Musterstadt
Abteilung Cybercrime, Deutschland
Telefon: +49 30 23125000

Aktenzeichen: 274 Js 1183/26
Datum: 24. November 2026

An: Justizministerium, Paris, Frankreich

Rechtshilfeersuchen in Strafsachen - EILT SEHR

Das Ersuchen stützt sich auf Art. 31 des Übereinkommens über Computerkriminalität (Budapester Konvention).

I. Sachverhalt
Am 16.11.2026 erhielten Kunden einer Bank in Musterstadt Nachrichten von settle.desk@mail.example. Der Schaden
beträgt 24.800 EUR. Beschuldigter ist unbekannt.
Beschuldigter: Max Beispiel (geb. 01.02.1990)

II. Rechtliche Würdigung
Computerbetrug gemäß § 263a StGB.

III. Erbetene Maßnahmen
Es wird gebeten, die Bestandsdaten und Verbindungsdaten zu dem Anschluss 203.0.113.77 im Zeitraum vom 16.11.2026
bis zum 20.11.2026 zu übermitteln sowie die Kontoauszüge des Kontos DE89 3704 0044 0532 0130 00.
Es wird gebeten, das Ersuchen vertraulich zu behandeln.
Um Erledigung innerhalb von 30 Tagen wird gebeten.

Mit freundlichen Grüßen
Oberstaatsanwältin"""

FR = """Tribunal judiciaire de Paris
Parquet, section J3, France
Courriel : j3@justice.example

Notre référence : 2026/JIRS/118
Paris, le 24 novembre 2026

Autorité requise : Bundesamt für Justiz, Bonn, Allemagne

Demande d'entraide judiciaire en matière pénale

La présente demande est fondée sur l'article 31 de la Convention de Budapest.

1. Exposé des faits
Le 16 novembre 2026, des clients d'une banque ont reçu des messages de settle.desk@mail.example.
Mis en cause : Jean Exemple

2. Qualification juridique
Escroquerie, article 313-1 du Code pénal.

3. Mesures demandées
Nous vous prions de bien vouloir obtenir les données relatives aux abonnés et les données de connexion de l'adresse
203.0.113.77 pour la période du 16 novembre 2026 au 20 novembre 2026, ainsi que les relevés de compte.
La demande est confidentielle ; veuillez ne pas informer le titulaire.
Une réponse est attendue au plus tard le 15 janvier 2027."""

ES = """Fiscalía General del Estado
Unidad de Criminalidad Informática, España
Correo electrónico: ucif@fiscal.example

Expediente: 147/2026
Fecha: 24 de noviembre de 2026

Autoridad requerida: Procuraduría General, Ministerio de Justicia, Chile

Solicitud de asistencia jurídica en materia penal - URGENTE

Con fundamento en el artículo 31 del Convenio de Budapest.

1. Hechos
El 16 de noviembre de 2026 clientes de un banco recibieron correos de settle.desk@mail.example.
Investigado: Juan Ejemplo

2. Calificación jurídica
Estafa informática.

3. Diligencias solicitadas
Se solicita obtener los datos de abonado y los registros de conexión de la dirección 203.0.113.77 en el período desde
el 16 de noviembre de 2026 hasta el 20 de noviembre de 2026.
Se solicita mantener la solicitud como confidencial.
Se ruega respuesta en un plazo de 30 días."""

PT = """Ministério Público Federal
Procuradoria da República, Brasil
Telefone: +55 11 3269 5000

Referência: 1.34.001.000147/2026-11
Data: 24 de novembro de 2026

Autoridade requerida: Procuradoria-Geral da República, Portugal

Pedido de cooperação jurídica internacional em matéria penal - URGENTE

O pedido baseia-se no artigo 31 da Convenção de Budapeste.

1. Fatos
Em 16 de novembro de 2026 clientes de um banco receberam mensagens de settle.desk@mail.example.
Suspeito: João Exemplo

2. Qualificação jurídica
Fraude eletrônica e lavagem de dinheiro.

3. Medidas solicitadas
Solicitamos os dados cadastrais e os registros de acesso do endereço 203.0.113.77 no período de 16 de novembro de 2026
a 20 de novembro de 2026.
Pedimos sigilo sobre este pedido.
Solicitamos resposta no prazo de 30 dias."""

RU = """Генеральная прокуратура Российской Федерации
Главное управление международно-правового сотрудничества, Россия
Телефон: +7 495 987 5656

Исх. № 87-147-2026
Дата: 24 ноября 2026 г.

Кому: Министерство юстиции Республики Казахстан

Запрос о правовой помощи по уголовному делу. СРОЧНО

Запрос направляется в соответствии со статьей 6 Минской конвенции.

1. Обстоятельства дела
16 ноября 2026 г. клиенты банка получили письма с адреса settle.desk@mail.example.
Подозреваемый: Иванов Иван Иванович

2. Квалификация
Мошенничество в сфере компьютерной информации, статья 159.6 Уголовного кодекса.

3. Запрашиваемые действия
Просим предоставить сведения об абоненте и данные о соединениях адреса 203.0.113.77 за период с 16 ноября 2026 г.
по 20 ноября 2026 г., а также выписки по счету.
Просим обеспечить конфиденциальность запроса.
Просим ответить в течение 30 дней."""

AR = """وزارة العدل
إدارة التعاون الدولي، مصر
هاتف: +20 2 27922263

رقم المرجع: 147/2026
التاريخ: 24 نوفمبر 2026

إلى: وزارة العدل، الإمارات العربية المتحدة

طلب المساعدة القضائية في مسألة جنائية - عاجل

يستند هذا الطلب إلى المادة 9 من اتفاقية الرياض.

الوقائع
في 16 نوفمبر 2026 تلقى عملاء مصرف رسائل من settle.desk@mail.example وتم الاحتيال عليهم.
المتهم: أحمد مثال

المساعدة المطلوبة
نرجو تزويدنا بمعلومات المشترك وسجلات الدخول للعنوان 203.0.113.77 خلال الفترة من 16 نوفمبر 2026 إلى 20 نوفمبر 2026
وكشف حساب المستفيد.
نرجو الحفاظ على سرية هذا الطلب.
نرجو الرد خلال 30 يوما."""

HI = """गृह मंत्रालय
आंतरिक सुरक्षा-II प्रभाग, भारत
दूरभाष: +91 11 2309 2161

संदर्भ संख्या: 25016/31/2026
दिनांक: 24 नवंबर 2026

सेवा में: न्याय मंत्रालय, नेपाल

आपराधिक मामले में पारस्परिक कानूनी सहायता का अनुरोध - तत्काल

मामले के तथ्य
16 नवंबर 2026 को बैंक के ग्राहकों को settle.desk@mail.example से संदेश मिले और उनके साथ धोखाधड़ी हुई।
अभियुक्त: राकेश कुमार

अपेक्षित सहायता
कृपया 203.0.113.77 के लिए 16 नवंबर 2026 से 20 नवंबर 2026 तक की अवधि की ग्राहक जानकारी और लॉगिन विवरण उपलब्ध कराएं।
इस अनुरोध को गोपनीय रखा जाए।
कृपया 30 दिनों के भीतर उत्तर दें।"""

ZH = """中华人民共和国司法部
国际合作局,中国
电话: +86 10 65153113

文号: 司协函〔2026〕147号
日期: 2026年11月24日

致: 新加坡总检察署 法院

刑事司法协助请求书(紧急)

案情
2026年11月16日,某银行客户收到来自 settle.desk@mail.example 的邮件,被诈骗人民币 240 万元。
犯罪嫌疑人: 张三

请求事项
请提供 203.0.113.77 自2026年11月16日至2026年11月20日期间的用户注册信息和登录日志,并冻结相关账户。
请对本请求保密。
请在30日内答复。"""

COMMON: Final = {"date": "2026-11-24", "period": "2026-11-16 2026-11-20"}
#: By language: the letter, and the first value of each field.
STRANGERS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "en": (
        EN,
        {
            "kind": "mla_request", "requesting_state": "IN", "requested_state": "US", "reference": "25016/31/2026-LC",
            "sender": "Ministry of Home Affairs, Internal Security-II Division", "instrument": "in-us-mlat-2001",
            "offences": "computer_fraud", "persons": "Rakesh Kumar @ Raka", "holders": "Google", "deadline": "P30D",
            "measures": "subscriber_information traffic_data content_data",
            "objects": "settle.desk@gmail.com https://secure-suryabank.example/login",
        },
    ),
    "de": (
        DE,
        {
            "kind": "mla_request", "requesting_state": "DE", "requested_state": "FR", "reference": "274 Js 1183/26",
            "instrument": "budapest", "offences": "computer_fraud", "persons": "Max Beispiel", "deadline": "P30D",
            "measures": "subscriber_information traffic_data bank_information",
            "objects": "settle.desk@mail.example 203.0.113.77 DE89370400440532013000",
        },
    ),
    "fr": (
        FR,
        {
            "kind": "mla_request", "requesting_state": "FR", "requested_state": "DE", "reference": "2026/JIRS/118",
            "instrument": "budapest", "offences": "computer_fraud", "persons": "Jean Exemple", "deadline": "2027-01-15",
            "measures": "subscriber_information traffic_data bank_information",
        },
    ),
    "es": (
        ES,
        {
            "kind": "mla_request", "requesting_state": "ES", "requested_state": "CL", "reference": "147/2026",
            "instrument": "budapest", "offences": "computer_fraud", "persons": "Juan Ejemplo", "deadline": "P30D",
            "measures": "subscriber_information traffic_data",
        },
    ),
    "pt": (
        PT,
        {
            "kind": "mla_request", "requesting_state": "BR", "requested_state": "PT",
            "reference": "1.34.001.000147/2026-11", "instrument": "budapest", "offences": "computer_fraud",
            "persons": "João Exemplo", "deadline": "P30D", "measures": "subscriber_information traffic_data",
        },
    ),
    "ru": (
        RU,
        {
            "kind": "mla_request", "requesting_state": "RU", "requested_state": "KZ", "reference": "87-147-2026",
            "instrument": "cis-minsk-1993", "offences": "computer_fraud", "persons": "Иванов Иван Иванович",
            "deadline": "P30D", "measures": "subscriber_information traffic_data bank_information",
        },
    ),
    "ar": (
        AR,
        {
            "kind": "mla_request", "requesting_state": "EG", "requested_state": "AE", "reference": "147/2026",
            "instrument": "riyadh-1983", "offences": "computer_fraud", "persons": "أحمد مثال", "deadline": "P30D",
            "measures": "subscriber_information traffic_data bank_information",
        },
    ),
    "hi": (
        HI,
        {
            "kind": "mla_request", "requesting_state": "IN", "requested_state": "NP", "reference": "25016/31/2026",
            "offences": "computer_fraud", "persons": "राकेश कुमार", "deadline": "P30D",
            "measures": "subscriber_information traffic_data",
        },
    ),
    "zh": (
        ZH,
        {
            "kind": "mla_request", "requesting_state": "CN", "requested_state": "SG",
            "reference": "司协函〔2026〕147号",
            "offences": "computer_fraud", "persons": "张三", "deadline": "P30D",
            "measures": "subscriber_information traffic_data freezing",
        },
    ),
}  # fmt: skip
