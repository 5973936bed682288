"""The furniture words of Portuguese."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["PORTUGUESE"]

PORTUGUESE = Pack(
    related=(
        "leia também", "leia mais", "leia ainda", "veja também", "veja mais", "saiba mais", "confira também",
        "notícia relacionada", "ler também", "ver também",
    ),
    topics=("tópicos", "assuntos", "temas", "etiquetas", "palavras-chave", "mais sobre"),
    others=(
        "leia também", "veja também", "leia mais", "mais notícias", "outras notícias", "últimas notícias",
        "notícias relacionadas", "artigos relacionados", "conteúdo relacionado", "relacionadas", "mais lidas",
        "as mais lidas", "mais lidos", "mais vistas", "recomendados", "recomendadas", "você pode gostar",
        "pode interessar-lhe", "comentários",
    ),
    authors=("autor", "autora", "autores", "por", "texto", "textos", "repórter", "reportagem"),
    by=("por", "escrito por", "publicado por", "texto de", "reportagem de"),
    editors=("editor", "editora", "edição", "editado por", "tradução", "traduzido por", "redação", "fonte"),
    credits=(
        "foto", "fotos", "fotografia", "fotografias", "imagem", "imagens", "ilustração", "infografia", "infográfico",
        "foto de arquivo", "imagem de arquivo", "crédito da foto", "créditos da foto",
    ),
    interruptions=(
        "publicidade", "anúncio", "continua após a publicidade", "continua depois da publicidade", "compartilhar",
        "compartilhe", "compartilhe esta notícia", "partilhar", "partilhe", "imprimir", "copiar link",
        "continuar lendo", "continuar a ler", "continue lendo", "assine a newsletter",
    ),
    conjunctions=("e", "com"),
    particles=("de", "da", "do", "das", "dos", "e", "em"),
    months=(
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
        "novembro", "dezembro", "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez",
        "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo",
        "segunda", "terça", "quarta", "quinta", "sexta", "seg", "ter", "qua", "qui", "sex", "sáb", "dom",
    ),
    in_dates=("de", "do", "em", "dia"),
    newsrooms=("redação", "agências"),
    rights=("todos os direitos reservados",),
)  # fmt: skip
