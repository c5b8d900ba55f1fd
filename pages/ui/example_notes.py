"""Notes of invented calls to try the proposal on, one in each language."""

EXAMPLES = {
    "en": """Call with Hannah Brooks, who owns Fernbank Pottery, on Tuesday.

Two things bother her. The shop goes down every time she sends a newsletter, and nobody has updated WordPress since spring.
She wants backups every night, the updates done for her, and someone to watch the site.
About two hours of small content changes a month. One site.
Goal: sell 30% more online courses by next summer.
Budget somewhere around $300 to $400 a month. She decides herself.
She asked what she gets from a monthly plan compared with calling someone when it breaks.
Would like to start on 1 December, pays by card. hannah@fernbankpottery.example
""",
    "fr": """Appel avec Claire Morel, gérante de la boulangerie Morel & Filles, mardi.

Son souci : le site tombe en panne tous les samedis matin, et personne ne fait les mises à jour depuis deux ans.
Elle veut des sauvegardes tous les jours, les mises à jour et quelqu'un qui surveille le site.
Elle aimerait deux heures de modifications par mois. Elle n’a qu’un site.
Objectif : 50 commandes en ligne de plus par mois d'ici l'été.
Budget : entre 300 et 350 € par mois. C'est elle qui décide.
Elle trouve que c'est un peu cher par rapport à son ancien prestataire.
Début le 1er décembre, paiement par virement, trois mois d'avance. claire@morel-filles.example
""",
    "ro": """Discuție marți cu Andreea Ionescu, proprietara lanțului Cofetăria Vanilia.

Problema ei: postează rar pe Instagram și nimeni nu răspunde la comentarii.
Vrea postări zilnice, grafică pentru ele și pe cineva care să răspundă comunității.
Obiectiv: 5.000 de urmăritori noi în șase luni și mai multe comenzi pentru torturi.
Buget: în jur de 5.000 USD pe lună. Ea decide.
Se teme că nu vor fi rezultate: agenția de dinainte nu a adus nimic.
Începem pe 1 decembrie, plată cu cardul. andreea@vanilia.example
""",
}
