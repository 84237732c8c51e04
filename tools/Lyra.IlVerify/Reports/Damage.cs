using System;
using Mono.Cecil;

namespace Lyra.IlVerify.Reports;

/// <summary>Damaged files: Mono.Cecil checks little of what it reads, and fails in many ways.</summary>
internal static class Damage
{
    /// <summary>The deepest nesting of types, and of types in a signature, that is read. It bounds the recursion of Mono.Cecil.</summary>
    public const int DeepestNesting = 200;

    /// <summary>Whether an exception may be the result of a damaged or unresolvable part of a file.</summary>
    public static bool IsCauseOf(Exception e) => e is SystemException or ResolutionException;
}
