using System;

namespace Lyra.Cli.CommandLine;

/// <summary>Arguments that make no sense, or a file that can't be read. The message is one sentence for the person at the keyboard.</summary>
internal sealed class UsageException(string message) : Exception(message);
