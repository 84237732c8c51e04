using System;
using System.IO;

namespace Lyra.Cli.Repl;

/// <summary>Where a session writes.</summary>
/// <param name="Output">Results, and what scripts print.</param>
/// <param name="Error">Returns the stream for errors, after it has flushed the output.</param>
/// <param name="IsTerminal">Whether tables and reports may be drawn for a terminal.</param>
internal sealed record ReplStreams(TextWriter Output, Func<TextWriter> Error, bool IsTerminal);
