using System;
using Lyra.Runtime.Disassembly;

namespace Lyra.Testing;

/// <summary>Assembly text that can't be read.</summary>
internal sealed class AssemblyException(int line, string message) : FormatException($"line {line}: {message}")
{
    public int Line { get; } = line;
}
