using System.Collections.Generic;
using Lyra.IlVerify.Reports;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace Lyra.IlVerify.Flow;

/// <summary>Checks a method's exception table before the types on its stack are computed, which depend on its regions.</summary>
internal static class RegionCheck
{
    /// <summary>
    /// Finds the first error; returns null if there is none. Two blocks are disjoint, or one contains the other. A block that contains a
    /// part of a clause contains the whole clause: its protected block, its filter and its handler (I.12.4.2.7). Several clauses may
    /// protect the same block. The clause of an inner protected block comes first, because the CLR takes the first one that applies
    /// (I.12.4.2.5).
    /// </summary>
    public static (VerifierError Error, Instruction At)? Find(MethodFrame frame)
    {
        Collection<Instruction> code = frame.Body.Instructions;
        List<Region[]> clauses = [];
        foreach (ExceptionHandler row in frame.Body.ExceptionHandlers)
        {
            Region[] clause = ExceptionRegions.PartsOf(row, frame.IndexOf);
            foreach (Region part in clause)
            {
                bool isEmpty = part.Start >= code.Count || part.Start >= part.End;
                if (isEmpty || code[part.Start].Previous is { OpCode.OpCodeType: OpCodeType.Prefix })
                {
                    return (VerifierError.EHClauseOutOfRange, code[part.Start < code.Count ? part.Start : 0]);
                }
            }

            if (clauses.Exists(earlier => Contains(earlier[0], clause[0])))
            {
                return (VerifierError.EHClauseOrder, code[clause[0].Start]);
            }

            clauses.Add(clause);
        }

        foreach (Region[] clause in clauses)
        {
            if (!clauses.TrueForAll(other => IsNested(clause, other)))
            {
                return (VerifierError.EHClauseOverlap, code[clause[0].Start]);
            }
        }

        return null;
    }

    private static bool Contains(Region outer, Region inner)
    {
        return outer.Start <= inner.Start && inner.End <= outer.End && !outer.IsSameRange(inner);
    }

    private static bool IsNested(Region[] clause, Region[] other)
    {
        foreach (Region part in other)
        {
            bool isOwn = clause == other;
            bool isShared = part.Kind == RegionKind.Try && part.IsSameRange(clause[0]);
            int inside = 0;
            foreach (Region inner in clause)
            {
                bool isInside = part.Start <= inner.Start && inner.End <= part.End;
                bool isDisjoint = inner.End <= part.Start || part.End <= inner.Start;
                bool isOutside = !isOwn && inner.Start <= part.Start && part.End <= inner.End;
                if (!isInside && !isDisjoint && !isOutside)
                {
                    return false;
                }

                inside += isInside ? 1 : 0;
            }

            int expected = isOwn || isShared ? 1 : clause.Length;
            if (inside != expected && (inside > 0 || isOwn))
            {
                return false;
            }
        }

        return true;
    }
}
