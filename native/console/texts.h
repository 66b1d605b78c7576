/* What this program itself says: what happened, then what to do (product.md §6: on standard error, in French). */
#ifndef COMPTOIR_TEXTS_H
#define COMPTOIR_TEXTS_H

#define TEXT_ABSENT L"Comptoir est introuvable sur ce poste (%ls). Réinstallez-le."
#define TEXT_NOT_STARTED L"Windows n'a pas pu démarrer Comptoir (erreur %lu). Redémarrez le poste, puis réinstallez Comptoir si l'erreur revient."

#endif
