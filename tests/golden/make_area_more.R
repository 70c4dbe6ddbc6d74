# Golden numbers of the area model's other forms: `Rscript make_area_more.R`.
# Needs metafor and lme4; writes area_two_levels.toml and area_within_found.toml.
suppressMessages({library(metafor); library(lme4)})
num <- function(x) paste0("[", paste(formatC(x, digits = 15, format = "g", width = 1), collapse = ", "), "]")
line <- function(name, x) writeLines(paste(name, "=", if (length(x) == 1) formatC(x, digits = 15, format = "g", width = 1) else num(x)))

sink("area_two_levels.toml")
y <- c(3.62, 3.81, 3.70, 3.55, 3.31, 3.48, 3.52, 3.95, 3.74)
s2 <- c(.0025, .0064, .0036, .0049, .0121, .0016, .0025, .0144, .0036)
writeLines(c("# Nine schools, no municipalities.", 'data = "made up; see make_area_more.R"',
  'model = "y_i = mu + v_i + e_i with known sampling variances"',
  sprintf('made_by = "R %s, metafor %s, rma and blup"', getRversion(), packageVersion("metafor")),
  "tolerance = 1e-8", "", "[units]"))
line("value", y); line("sampling_variance", s2)
for (method in c("REML", "ML")) {
  fit <- rma(y, s2, method = method, control = list(threshold = 1e-14, maxiter = 1000, REMLf = FALSE))
  b <- blup(fit)
  writeLines(sprintf("\n[%s]", method))
  line("mean", as.numeric(fit$beta)); line("mean_standard_error", fit$se)
  line("between_unit_variance", fit$tau2); line("log_likelihood", as.numeric(logLik(fit)))
  line("estimate", as.numeric(b$pred)); line("standard_error", as.numeric(b$se))
}
sink()

sink("area_within_found.toml")
set.seed(20261123)
group <- rep(1:8, times = c(9, 5, 7, 8, 6, 10, 4, 11)); k <- length(group)
n <- sample(c(4:30, 100:400), k, replace = TRUE)
y <- round(3.6 + rnorm(8, 0, .12)[group] + rnorm(k, 0, .1) + rnorm(k, 0, .7 / sqrt(n)), 4)
d <- data.frame(y, n, group = factor(group), unit = factor(seq_len(k)))
writeLines(c("# Sixty schools in eight municipalities; the variance between pupils is found too.",
  'data = "made up; see make_area_more.R"',
  'model = "y_ij = mu + u_j + v_ij + e_ij, Var(e_ij) = sigma^2/n_ij with sigma^2 unknown"',
  sprintf('made_by = "R %s, lme4 %s, lmer(y ~ 1 + (1 | group) + (1 | unit), weights = n)"', getRversion(), packageVersion("lme4")),
  "tolerance = 1e-5", "", "[units]"))
line("value", y); line("n", n); line("group", group)
for (method in c("REML", "ML")) {
  fit <- lmer(y ~ 1 + (1 | group) + (1 | unit), d, weights = n, REML = method == "REML",
    control = lmerControl(check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore", optimizer = "bobyqa",
                          optCtrl = list(rhoend = 1e-10, maxfun = 1e5)))
  v <- as.data.frame(VarCorr(fit)); r <- ranef(fit)
  writeLines(sprintf("\n[%s]", method))
  line("mean", unname(fixef(fit))); line("mean_standard_error", unname(sqrt(diag(as.matrix(vcov(fit))))))
  line("between_group_variance", v$vcov[v$grp == "group"]); line("between_unit_variance", v$vcov[v$grp == "unit"])
  line("within_variance", v$vcov[v$grp == "Residual"]); line("log_likelihood", as.numeric(logLik(fit)))
  line("group_estimate", unname(fixef(fit)) + r$group[, 1])
  line("estimate", (unname(fixef(fit)) + r$group[as.character(group), 1] + r$unit[as.character(seq_len(k)), 1])[1:8])
}
sink()
