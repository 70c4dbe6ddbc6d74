# Golden numbers of the area model: run from this folder, `Rscript make_area.R`.
# Needs R with metafor; writes area_*.toml. See README.md.
suppressMessages(library(metafor))
# Small cases: BFGS to the last digit. National size: BFGS runs away there, nlminb does not.
national <- list(REMLf = FALSE, optimizer = "nlminb", rel.tol = 1e-10)
tight <- list(REMLf = FALSE, optimizer = "optim", optmethod = "BFGS", reltol = 1e-16, maxit = 2000)

num <- function(x) paste0("[", paste(formatC(x, digits = 15, format = "g", width = 1), collapse = ", "), "]")
line <- function(name, x) writeLines(paste(name, "=", if (length(x) == 1) formatC(x, digits = 15, format = "g", width = 1) else num(x)))

# Predictions from the dense V, conditional on the variances; the mean by GLS.
predictions <- function(y, s2, g, tg, tu) {
  same <- outer(g, g, "==") * 1
  G <- tg * same + tu * diag(length(y)); V <- G + diag(s2); Vi <- solve(V)
  one <- rep(1, length(y)); A <- sum(Vi); mu <- sum(Vi %*% y) / A
  P <- Vi - (Vi %*% one %*% t(one) %*% Vi) / A
  q <- as.vector(Vi %*% (y - mu))
  pull <- as.vector(1 - G %*% Vi %*% one)
  conditional <- diag(G - G %*% Vi %*% G)
  labels <- sort(unique(g)); Z <- outer(g, labels, "==") * 1
  pull_g <- as.vector(1 - tg * t(Z) %*% Vi %*% one)
  conditional_g <- tg - tg^2 * diag(t(Z) %*% Vi %*% Z)
  list(estimate = mu + as.vector(G %*% q), standard_error = sqrt(conditional + pull^2 / A),
       effect_standard_error = sqrt(diag(G - G %*% P %*% G)),
       group_estimate = mu + tg * as.vector(t(Z) %*% q),
       group_standard_error = sqrt(conditional_g + pull_g^2 / A))
}

write_case <- function(file, note, y, s2, g, show = seq_along(y), data = TRUE, groups_show = NULL) {
  sink(file); on.exit(sink())
  writeLines(paste("#", note))
  cat('data = "made up; see make_area.R"\n')
  cat('model = "y_ij = mu + u_j + v_ij + e_ij with known sampling variances"\n')
  cat(sprintf('made_by = "R %s, metafor %s, rma.mv(yi, vi, random = ~ 1 | group/unit); predictions from the dense covariance"\n',
              getRversion(), packageVersion("metafor")))
  cat("tolerance = 1e-6\n")
  if (data) { cat("\n[units]\n"); line("value", y); line("sampling_variance", s2); writeLines(paste0("group = [", paste(g, collapse = ", "), "]")) }
  unit <- seq_along(y); group <- g
  for (method in c("REML", "ML")) {
    best <- NULL
    for (start in list(c(.2, .6), c(.01, .01), c(.5, .5), c(.001, .5), c(.5, .001))) {
      fit <- try(suppressWarnings(rma.mv(y, s2, random = ~ 1 | group/unit, method = method, sparse = length(y) > 200,
                 control = c(if (length(y) > 200) national else tight, list(sigma2.init = start * var(y))))), silent = TRUE)
      if (inherits(fit, "try-error")) next
      if (is.null(best) || as.numeric(logLik(fit)) > as.numeric(logLik(best)) + 1e-12) best <- fit
    }
    fit <- best
    p <- predictions(y, s2, g, fit$sigma2[1], fit$sigma2[2])
    cat("\n[", method, "]\n", sep = "")
    line("mean", as.numeric(fit$beta)); line("mean_standard_error", fit$se)
    line("between_group_variance", fit$sigma2[1]); line("between_unit_variance", fit$sigma2[2])
    line("log_likelihood", as.numeric(logLik(fit)))
    for (name in c("estimate", "standard_error", "effect_standard_error")) line(name, p[[name]][show])
    gs <- if (is.null(groups_show)) seq_along(p$group_estimate) else groups_show
    for (name in c("group_estimate", "group_standard_error")) line(name, p[[name]][gs])
  }
}

# Nine schools in three municipalities, well-being 1 to 5; small schools are unsure.
g <- c(1, 1, 1, 2, 2, 2, 2, 3, 3)
y <- c(3.62, 3.81, 3.70, 3.55, 3.31, 3.48, 3.52, 3.95, 3.74)
s2 <- c(.0025, .0064, .0036, .0049, .0121, .0016, .0025, .0144, .0036)
write_case("area_nine_schools.toml", "Nine schools in three municipalities.", y, s2, g)

# Municipalities alike, schools not: the variance between groups ends at 0.
y <- c(3.4, 3.8, 3.6, 3.3, 3.7, 3.9, 3.5, 3.35, 3.85, 3.62)
g <- c(1, 1, 1, 2, 2, 2, 2, 3, 3, 3)
s2 <- c(.004, .006, .003, .004, .012, .002, .003, .014, .004, .006)
write_case("area_groups_alike.toml", "Three municipalities that do not differ: a variance of 0.", y, s2, g)

# National size: read what make_area_national.py wrote.
n <- read.csv("area_national.csv")
write_case("area_national.toml", "1,300 schools in 98 municipalities; the data: area_national.csv.",
           n$value, n$sampling_variance, n$group, show = c(1, 2, 650, 1299, 1300), data = FALSE, groups_show = c(1, 2, 98))
