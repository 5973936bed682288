"""The furniture words of Spanish."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["SPANISH"]

SPANISH = Pack(
    related=(
        "lea también", "lee también", "leer también", "lea además", "lee además", "lea más", "lee más", "vea también",
        "ver también", "mira también", "te puede interesar", "le puede interesar", "también te puede interesar",
        "también le puede interesar", "te recomendamos", "le recomendamos", "noticia relacionada",
        "noticias relacionadas", "relacionado", "además lea",
    ),
    topics=("temas", "etiquetas", "palabras clave", "más sobre", "archivado en"),
    others=(
        "más noticias", "otras noticias", "últimas noticias", "noticias relacionadas", "artículos relacionados",
        "temas relacionados", "contenido relacionado", "relacionados", "te puede interesar", "le puede interesar",
        "también te puede interesar", "también le puede interesar", "lea también", "lee también", "lo más leído",
        "lo más visto", "las más leídas", "más leídas", "lo último", "recomendados", "te recomendamos", "comentarios",
        "más información",
    ),
    authors=("autor", "autora", "autores", "autoras", "por", "texto", "textos", "redactor", "redactora"),
    by=("por", "escrito por", "un reportaje de", "texto de"),
    editors=(
        "editor", "editora", "edición", "editado por", "traducción", "traducido por", "redacción", "fuente",
        "con información de",
    ),
    credits=(
        "foto", "fotos", "fotografía", "fotografías", "imagen", "imágenes", "ilustración", "infografía",
        "foto de archivo", "imagen de archivo", "crédito de la foto", "crédito de foto", "créditos", "fotos de",
    ),
    interruptions=(
        "publicidad", "anuncio", "compartir", "comparte", "compartir artículo", "comparte esta noticia", "imprimir",
        "copiar enlace", "copiar link", "seguir leyendo", "sigue leyendo", "continúa leyendo", "siga leyendo",
        "el artículo continúa después de la publicidad", "continúa después de la publicidad",
        "suscríbete a nuestro boletín",
    ),
    conjunctions=("y", "e", "con"),
    particles=("de", "del", "la", "las", "el", "los", "y", "en"),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre", "octubre",
        "noviembre", "diciembre", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "sept", "oct", "nov",
        "dic",
        "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
        "lun", "mié", "jue", "vie", "sáb", "dom",
    ),
    in_dates=("de", "del", "el"),
    newsrooms=("redacción", "agencias"),
    rights=("todos los derechos reservados",),
)  # fmt: skip
