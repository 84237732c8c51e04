using System.Collections.Generic;

namespace Lyra.Cli.Verification;

/// <summary>What was compiled for a program, as an assembly, and what is wrong with it.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="Faults">A line for each fault; none when it is verifiable.</param>
internal sealed record VerifiedProgram(byte[] Image, IReadOnlyList<string> Faults);
