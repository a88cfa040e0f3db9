"""The one table of commands: a verb is a file of this package, and a line here."""

COMMANDS = {
    "list": ("Parcourir", "Lister les sources, par thème."),
    "show": ("Parcourir", "Montrer la fiche d'une source, la lecture critique d'abord."),
    "search": ("Parcourir", "Chercher des sources par mots."),
    "themes": ("Parcourir", "Lister les thèmes, avec le conseil de lecture."),
    "open": ("Parcourir", "Ouvrir des sources dans le navigateur."),
    "territory": ("Parcourir", "Trouver un territoire par son nom ou l'un de ses codes."),
    "guide": ("Parcourir", "Suivre les questions d'un diagnostic, aux adresses d'un territoire."),
    "links": ("Parcourir", "Donner d'un coup toutes les adresses d'un territoire."),
    "check": ("Vérifier", "Demander à chaque lien s'il répond."),
    "history": ("Vérifier", "Dire ce qui a été vu de chaque source, et quand."),
    "report": ("Vérifier", "Rendre à nouveau des rapports de check gardés en JSON."),
    "fix": ("Entretenir", "Corriger les adresses qui ont déménagé, proposer pour les autres."),
    "add": ("Entretenir", "Ajouter une source : sa fiche, proposée d'après sa page."),
    "fmt": ("Entretenir", "Mettre le YAML en forme, sans en changer le sens."),
    "validate": ("Entretenir", "Dire tous les problèmes du catalogue."),
}
"""The commands in the order of the help: the panel each stands in, and what it does."""
