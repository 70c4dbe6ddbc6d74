# Golden numbers of the small methods, with R's own functions: `Rscript make_small.R`.
options(digits = 15)
num <- function(x) paste0("[", paste(formatC(x, digits = 15, format = "g", width = 1), collapse = ", "), "]")
line <- function(name, x) writeLines(paste(name, "=", if (length(x) == 1) formatC(x, digits = 15, format = "g", width = 1) else num(x)))
head_of <- function(note, model, made_by) {
  writeLines(c(paste("#", note), 'data = "made up; see make_small.R"', sprintf('model = "%s"', model),
               sprintf('made_by = "R %s, %s"', getRversion(), made_by), "tolerance = 1e-10", ""))
}

sink("trend.toml")
head_of("A school's well-being over seven years; the last five count.", "weighted straight line, known variances",
        "lm(weights = 1/variance), standard error divided by sigma; pchisq")
years <- 2019:2025
value <- c(3.9, 3.2, 3.41, 3.46, 3.58, 3.63, 3.77)
variance <- c(.004, .003, .0025, .0031, .0022, .0028, .0019)
last <- 3:7
slope_of <- function(rows) unname(coef(lm(value[rows] ~ years[rows], weights = 1 / variance[rows]))[2])
fit <- lm(value[last] ~ years[last], weights = 1 / variance[last])
se <- unname(coef(summary(fit))[2, 2] / summary(fit)$sigma)
line("years", years); line("value", value); line("variance", variance)
line("slope", slope_of(last)); line("standard_error", se)
line("chi_square", (slope_of(last) / se)^2); line("p_value", pchisq((slope_of(last) / se)^2, 1, lower.tail = FALSE))
line("limit", qchisq(.998, 1))
line("slopes_left_out", sapply(last, function(out) slope_of(setdiff(last, out))))
sink()

sink("noise.toml")
head_of("Three units, four to six years.", "Var = c/n around each unit's own line",
        "deviance and df of lm(value ~ 0 + unit + unit:year, weights = n)")
year <- c(1:6, 1:4, c(1, 3, 4, 6)); unit <- factor(rep(1:3, c(6, 4, 4)))
n <- c(52, 49, 55, 50, 47, 51, 12, 14, 9, 11, 120, 118, 125, 130)
value <- c(3.1, 3.3, 3.2, 3.5, 3.4, 3.6, 2.9, 3.3, 2.8, 3.1, 3.8, 3.75, 3.7, 3.66)
fit <- lm(value ~ 0 + unit + unit:year, weights = n)
line("unit", as.integer(unit)); line("year", year); line("n", n); line("value", value)
line("variance", deviance(fit) / df.residual(fit)); line("degrees_of_freedom", df.residual(fit))
sink()

sink("funnel.toml")
head_of("Twelve units, two of them far out.", "additive random effects from winsorised z (Spiegelhalter 2005)",
        "the formulas written out; quantile type 7")
difference <- c(.12, -.35, .08, .51, -.02, -.11, .95, -.64, .27, -.18, .03, -.07)
variance <- c(.01, .04, .02, .09, .005, .015, .03, .05, .06, .02, .01, .008)
z <- difference / sqrt(variance); q <- quantile(z, c(.1, .9), type = 7)
drawn_in <- pmin(pmax(z, q[1]), q[2]); phi <- mean(drawn_in^2); w <- 1 / variance; k <- length(z)
tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))
line("difference", difference); line("variance", variance)
line("z", z); line("winsorised_z", drawn_in); line("dispersion", phi); line("between_variance", tau2)
adjusted <- difference / sqrt(variance + tau2)
line("adjusted_z", adjusted); line("p_value", 2 * pnorm(-abs(adjusted)))
line("half_width_998", qnorm(.999) * sqrt(variance + tau2))
sink()

sink("false_discovery.toml")
head_of("Fifteen p-values, two of them equal.", "Benjamini-Hochberg", 'p.adjust(method = \\"BH\\")')
p <- c(.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .5719, .759, 1)
p <- p[c(7, 1, 15, 3, 12, 5, 10, 2, 9, 13, 4, 14, 6, 8, 11)]
line("p", p); line("q_value", p.adjust(p, method = "BH"))
sink()
