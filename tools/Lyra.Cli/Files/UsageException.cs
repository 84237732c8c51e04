using System;

namespace Lyra.Cli.Files;

/// <summary>Invalid arguments, or a file that can't be read. The message is one sentence for the user of the command.</summary>
internal sealed class UsageException(string message) : Exception(message);
