using System.Collections.Generic;

namespace Lyra.Cli.Verification;

/// <summary>The assembly with the code compiled for a program, and its faults.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="Faults">A line for each fault; empty if the assembly is verifiable.</param>
internal sealed record VerifiedProgram(byte[] Image, IReadOnlyList<string> Faults);
