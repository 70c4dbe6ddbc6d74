# Golden numbers of gaps and slope indices, with R's own functions: `Rscript make_gaps.R`.
options(digits = 15)
num <- function(x) paste0("[", paste(formatC(x, digits = 15, format = "g", width = 1), collapse = ", "), "]")
line <- function(name, x) writeLines(paste(name, "=", if (length(x) == 1) formatC(x, digits = 15, format = "g", width = 1) else num(x)))
table_of <- function(name, x) writeLines(paste0(name, " = [", paste(apply(x, 1, num), collapse = ", "), "]"))
head_of <- function(data, model, made_by, tolerance = "1e-9") {
  writeLines(c(sprintf('data = "%s"', data), sprintf('model = "%s"', model),
               sprintf('made_by = "R %s, %s"', getRversion(), made_by), paste("tolerance =", tolerance), ""))
}

sink("gap_means.toml")
head_of("sleep (extra hours by drug), shipped with R", "Welch", "t.test(extra ~ group)")
y <- split(sleep$extra, sleep$group); told <- t.test(y[[2]], y[[1]])
line("mean", sapply(y, mean)); line("variance", sapply(y, var)); line("n", sapply(y, length))
line("difference", unname(told$estimate[1] - told$estimate[2])); line("standard_error", told$stderr)
line("df", unname(told$parameter))
half <- qt(.975, floor(told$parameter)) * told$stderr  # whole degrees of freedom, rounded down
line("low", mean(y[[2]]) - mean(y[[1]]) - half); line("high", mean(y[[2]]) - mean(y[[1]]) + half)
sink()

sink("gap_clusters.toml")
head_of("warpbreaks (breaks of yarn by wool, in clusters made of tension and half), shipped with R",
        "means of two groups, clustered", "lm with the cluster sandwich J/(J-1) written out")
w <- warpbreaks; w$cluster <- paste(w$tension, rep(1:3, 18)); w$second <- as.numeric(w$wool == "B")
fit <- lm(breaks ~ second, w); X <- model.matrix(fit); e <- resid(fit)
U <- rowsum(X * e, w$cluster); bread <- solve(crossprod(X)); J <- nrow(U)
V <- bread %*% crossprod(U) %*% bread * J / (J - 1)
b <- coef(fit); low_high <- b[2] + c(-1, 1) * qt(.975, J - 1) * sqrt(V[2, 2])
gradient <- c(1 / (b[1] + b[2]) - 1 / b[1], 1 / (b[1] + b[2]))  # of log((b1+b2)/b1)
se_log <- sqrt(drop(t(gradient) %*% V %*% gradient)); ratio <- (b[1] + b[2]) / b[1]
n <- unclass(table(w$cluster, w$wool)); total <- unclass(xtabs(breaks ~ cluster + wool, w))
table_of("n", n); table_of("total", total)
line("difference", unname(b[2])); line("standard_error", sqrt(V[2, 2]))
line("low", unname(low_high[1])); line("high", unname(low_high[2])); line("ratio", unname(ratio))
line("ratio_low", unname(ratio * exp(-qt(.975, J - 1) * se_log)))
line("ratio_high", unname(ratio * exp(qt(.975, J - 1) * se_log)))
sink()

sink("gap_pooled.toml")
head_of("Four units' gaps, made up", "inverse variance; Cochran's Q", "the formulas and pchisq")
d <- c(.31, .12, .45, .2); s <- c(.11, .09, .2, .14); w <- 1 / s^2
line("gap", d); line("error", s); line("difference", weighted.mean(d, w)); line("standard_error", 1 / sqrt(sum(w)))
q <- sum(w * (d - weighted.mean(d, w))^2)
line("chi_square", q); line("p_value", pchisq(q, 3, lower.tail = FALSE))
size <- c(40, 90, 12, 33); line("weight", size); line("weighted_difference", weighted.mean(d, size))
line("weighted_standard_error", sqrt(sum(size^2 * s^2)) / sum(size))
sink()

sink("slope_index.toml")
head_of("The example of phe_sii in PHEindicatormethods 1.3.2 (GPL-3; Area1)", "weighted regression on ridit rank",
        "lm(weights = size); the interval: 400,000 draws of the values, seed 1", "1e-9")
size <- c(7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534)
value <- c(75.9, 78.3, 83.8, 83.6, 80.5, 81.1, 81.7, 84.2, 80.6, 86.3)
error <- c(1.64, 1.58, 1.51, 1.78, 1.7, 1.56, 1.37, 1.4, 2.43, 1.57)
a <- size / sum(size); x <- cumsum(a) - a / 2
b <- unname(coef(lm(value ~ x, weights = a)))
line("size", size); line("value", value); line("error", error)
line("slope", b[2]); line("bottom", b[1]); line("top", sum(b)); line("ratio", sum(b) / b[1])
set.seed(1); X <- cbind(1, x); hat <- solve(t(X) %*% (a * X)) %*% t(X * a)
drawn <- hat %*% (value + error * matrix(rnorm(10 * 400000), 10))
line("drawn_slope", quantile(drawn[2, ], c(.025, .975), names = FALSE))
line("drawn_ratio", quantile((drawn[1, ] + drawn[2, ]) / drawn[1, ], c(.025, .975), names = FALSE))
sink()
