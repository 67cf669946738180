"""Letters of other authorities, each in a layout of its own: what they say, and what is to be read in them."""

from typing import Final

#: An embassy's layout: letterhead centred, date right, the address below, facts under a heading with a colon.
EN_GHANA = """REPUBLIC OF GHANA
OFFICE OF THE ATTORNEY-GENERAL AND MINISTRY OF JUSTICE
P.O. Box MB 60, Accra
Tel: +233 30 266 5051   E-mail: mla@mojagd.example
Our Ref: MOJ/MLA/CA/41/26
3rd December, 2026
The Central Authority of the Federative Republic of Brazil,
Ministry of Justice and Public Security, Brasilia
Dear Sir or Madam,
RE: REQUEST FOR MUTUAL LEGAL ASSISTANCE - THE REPUBLIC V. KOFI SAMPLE
The Attorney-General makes this request under Article 46 of the United Nations Convention against Corruption.
Brief facts: On 9 October 2026 the accused moved USD 75,400 to account number 0012-345678-9 at Banco Exemplo.
Assistance sought: Kindly furnish the opening documents and statements of the said account for the period 1 October
2026 to 31 October 2026 and restrain the funds in it.
This request is to be treated as confidential.
The officer in charge is Ms Ama Sample (direct line +233 24 123 4567, ama@mojagd.example).
Yours faithfully,
Director of Public Prosecutions"""

#: A window envelope: the sender's line in small type, the address, an information block, a salutation.
DE_AUSTRIA = """Republik Österreich
Staatsanwaltschaft Graz, Conrad-von-Hötzendorf-Straße 41, 8010 Graz
Bundesamt für Justiz
Adenauerallee 99-103
53113 Bonn
Deutschland
Unser Zeichen: 17 St 88/26k
Graz, am 4. Dezember 2026
Betrifft: Rechtshilfeersuchen in der Strafsache gegen Anna Beispiel wegen Betrugs
Sehr geehrte Damen und Herren,
die Staatsanwaltschaft Graz ersucht die deutschen Behörden um Rechtshilfe nach dem Europäischen Übereinkommen über die
Rechtshilfe in Strafsachen.
Sachverhalt:
Die Beschuldigte hat am 11. Oktober 2026 von der Adresse 198.51.100.23 aus Geld auf das Konto Nr. 4471190023 bei der
Sparkasse Muster überwiesen.
Es wird ersucht, den Anschlussinhaber der IP-Adresse 198.51.100.23 zu ermitteln und das Guthaben zu sperren.
Das Ersuchen ist vertraulich zu behandeln.
Rückfragen: Mag. Huber, Telefon +43 316 8047 5555, stagraz@justiz.example
Mit freundlichen Grüßen"""

#: A magistrate's letter: the title first, the two sides labelled nowhere, the address by *à l'attention de*.
FR_SENEGAL = """COMMISSION ROGATOIRE INTERNATIONALE
RÉPUBLIQUE DU SÉNÉGAL
Cour d'appel de Dakar - Tribunal de grande instance
Cabinet du juge d'instruction
Dakar, le 2 décembre 2026
N° Réf : CRI/2026/0147
À l'attention de Monsieur le Procureur général près la cour d'appel de Rabat
Royaume du Maroc
Monsieur le Procureur général,
Vu la Convention d'entraide judiciaire entre la République du Sénégal et le Royaume du Maroc ;
Rappel des faits :
Le 6 octobre 2026, la victime a reçu un appel du +212 661 234567 puis a versé 4 500 000 francs sur le compte
n° 007810000123456789.
Je vous prie de bien vouloir identifier le titulaire de la ligne +212 661 234567, saisir les fonds et
entendre le gérant.
La présente commission rogatoire est confidentielle et doit être exécutée avant le 31 janvier 2027.
Pour tout renseignement : greffe, tél. +221 33 849 00 00, cri@justice.example"""

#: An official letter (*oficio*): number and city right, the office below the coat of arms, the address by *Al*.
ES_PERU = """REPÚBLICA DEL PERÚ
Ministerio Público - Fiscalía de la Nación
Unidad de Cooperación Judicial Internacional y Extradiciones
Lima, 30 de noviembre de 2026
OFICIO N.º 8841-2026-MP-FN-UCJIE
Al Ministerio de Justicia del Reino de España
Subdirección General de Cooperación Jurídica Internacional, Madrid
Asunto: Solicitud de asistencia judicial internacional en materia penal
Hechos: El 14 de octubre de 2026 el imputado usó la cuenta ventas.muestra@correo.example para obtener 12.300 euros, que
pasaron a la cuenta ES91 2100 0418 4502 0005 1332.
Se solicita identificar al titular de la cuenta de correo, remitir los extractos de la cuenta bancaria entre el 1 de
octubre de 2026 y el 31 de octubre de 2026 y bloquear el saldo.
La presente solicitud tiene carácter reservado.
Contacto: Dra. Muestra, teléfono +51 1 625 5555, ucjie@fiscalia.example"""

#: A Russian official form: the address above right, the number below left, no labels at all.
RU_KAZAKHSTAN = """РЕСПУБЛИКА КАЗАХСТАН
ГЕНЕРАЛЬНАЯ ПРОКУРАТУРА
г. Астана
Исх. № 2-10-26-4471
1 декабря 2026 года
Генеральному прокурору Кыргызской Республики
Генеральная прокуратура Республики Казахстан направляет поручение об оказании правовой помощи по уголовному делу
№ 267100031000044 по ст. 190 УК РК.
Обстоятельства дела: 12 октября 2026 года потерпевший перевёл 900 000 тенге на счёт № 1250320001234567.
Просим установить владельца указанного счёта, предоставить сведения о движении средств за период с 1 октября 2026 года
по 31 октября 2026 года и наложить арест на остаток.
Просим обеспечить конфиденциальность.
Исполнитель: А. Образцов, тел. +7 7172 71 26 20, ump@prokuror.example"""

#: A request under a treaty of the Portuguese-speaking states, in numbered parts, the address by *Ao*.
PT_ANGOLA = """REPÚBLICA DE ANGOLA
PROCURADORIA-GERAL DA REPÚBLICA
Direcção Nacional de Intercâmbio e Cooperação Internacional
Luanda, aos 27 de Novembro de 2026
Ofício n.º 512/DNICI/2026
À Procuradoria-Geral da República de Portugal
Lisboa
Assunto: Pedido de auxílio judiciário mútuo em matéria penal
1. Exposição dos factos:
No dia 8 de Outubro de 2026 o arguido enviou mensagens a partir do número +351 912 345 678 e recebeu 31.000 euros na
conta n.º 0035012300012345678.
2. Diligências solicitadas:
Solicita-se a identificação do titular do número +351 912 345 678, o envio dos extratos e o congelamento do saldo.
O pedido é confidencial e urgente.
Para esclarecimentos: Dr. Modelo, tel. +244 222 333 444, dnici@pgr.example"""

#: A note verbale: who asks and who is asked stand in one sentence.
EN_NOTE = """NOTE VERBALE No. 77/2026
The Embassy of the Republic of Indonesia presents its compliments to the Ministry of Foreign Affairs of the
Kingdom of the Netherlands and has the honour to transmit a request for mutual legal assistance.
Please preserve the account seller.sample@mail.example."""

#: State asking, state asked, words of the sender's name and of the addressee's.
FOREIGN: Final = {
    "en-ghana": (EN_GHANA, "GH", "BR", "ATTORNEY-GENERAL", "Brazil"),
    "de-austria": (DE_AUSTRIA, "AT", "DE", "Staatsanwaltschaft Graz", "Bundesamt für Justiz"),
    "fr-senegal": (FR_SENEGAL, "SN", "MA", "Cour d'appel de Dakar", "Rabat"),
    "es-peru": (ES_PERU, "PE", "ES", "Ministerio Público", "Ministerio de Justicia"),
    "ru-kazakhstan": (RU_KAZAKHSTAN, "KZ", "KG", "ПРОКУРАТУРА", "Кыргызской"),
    "pt-angola": (PT_ANGOLA, "AO", "PT", "PROCURADORIA", "Procuradoria-Geral da República de Portugal"),
    "en-note": (EN_NOTE, "ID", "NL", "Embassy", "Ministry of Foreign Affairs"),
}
OBJECTS: Final = {
    "en-ghana": ("00123456789",),
    "de-austria": ("198.51.100.23", "4471190023"),
    "fr-senegal": ("+212661234567", "007810000123456789"),
    "es-peru": ("ventas.muestra@correo.example", "ES9121000418450200051332"),
    "ru-kazakhstan": ("1250320001234567",),
    "pt-angola": ("+351912345678", "0035012300012345678"),
    "en-note": ("seller.sample@mail.example",),
}
CONTACTS: Final = {
    "en-ghana": ("+233302665051", "mla@mojagd.example", "+233241234567", "ama@mojagd.example"),
    "de-austria": ("+4331680475555", "stagraz@justiz.example"),
    "fr-senegal": ("+221338490000", "cri@justice.example"),
    "es-peru": ("+5116255555", "ucjie@fiscalia.example"),
    "ru-kazakhstan": ("+77172712620", "ump@prokuror.example"),
    "pt-angola": ("+244222333444", "dnici@pgr.example"),
    "en-note": (),
}
MEASURES: Final = {
    "en-ghana": ("bank_information", "freezing"),
    "de-austria": ("subscriber_information", "freezing"),
    "fr-senegal": ("subscriber_information", "freezing", "testimony"),
    "es-peru": ("subscriber_information", "bank_information", "freezing"),
    "ru-kazakhstan": ("bank_information", "freezing"),
    "pt-angola": ("subscriber_information", "bank_information", "freezing"),
    "en-note": ("preservation",),
}
