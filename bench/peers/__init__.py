"""The same contract for other engines: our template's tags translated, our facts as JSON."""
