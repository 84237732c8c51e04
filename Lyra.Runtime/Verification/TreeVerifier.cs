using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Verification;

/// <summary>The prototypes of a module as a list, parents before children, after a check that they are a tree.</summary>
internal static class TreeVerifier
{
    public static bool TryCollect(CompiledModule module, FaultList faults, out List<Prototype> prototypes)
    {
        prototypes = [];
        HashSet<Prototype> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(Prototype Prototype, int Depth)> pending = new();
        pending.Push((module.Main, 0));
        while (pending.TryPop(out (Prototype Prototype, int Depth) next))
        {
            if (!seen.Add(next.Prototype) || next.Depth > VerifierLimits.MaxPrototypeDepth)
            {
                faults.Add(next.Depth > VerifierLimits.MaxPrototypeDepth ? "procs are nested too deep" : "a proc has two parents");
                return false;
            }

            prototypes.Add(next.Prototype);
            for (int i = next.Prototype.Children.Length - 1; i >= 0; i--)
            {
                pending.Push((next.Prototype.Children[i], next.Depth + 1));
            }
        }

        VerifyKinds(prototypes, faults);
        return !faults.IsFull;
    }

    private static void VerifyKinds(List<Prototype> prototypes, FaultList faults)
    {
        for (int i = 0; i < prototypes.Count; i++)
        {
            Prototype prototype = prototypes[i];
            faults.Enter(i, prototype);
            faults.Require(Enum.IsDefined(prototype.Kind), $"{(int)prototype.Kind} is not a kind of proc");
            faults.Require((prototype.Kind == ProcKind.Module) == (i == 0), "the first proc, and no other, must be the module's top level");
        }

        faults.Enter(0, prototypes[0]);
        faults.Require(prototypes[0].Parameters.Length == 0, "the top level has parameters");
        faults.Require(prototypes[0].Captures.Length == 0, "the top level has captures");
    }
}
