using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Verification;

/// <summary>The use of a capture.</summary>
internal enum CaptureKind : byte
{
    /// <summary>No instruction reads it.</summary>
    Unused,

    /// <summary>A value that never changes.</summary>
    Value,

    /// <summary>The upvalue of a variable.</summary>
    Upvalue,
}

/// <summary>
/// Determines for each capture of a module whether it is used as a value or as an upvalue, from the instructions of its proc and the
/// captures of nested procs. Using one as both is a fault.
/// </summary>
internal sealed class CaptureKinds
{
    private readonly Dictionary<Prototype, CaptureKind[]> _kinds = new(ReferenceEqualityComparer.Instance);

    private CaptureKinds()
    {
    }

    /// <param name="prototypes">Parents before their children.</param>
    /// <param name="faults">Receives the faults.</param>
    public static CaptureKinds Infer(List<Prototype> prototypes, FaultList faults)
    {
        CaptureKinds kinds = new();
        for (int i = prototypes.Count - 1; i >= 0; i--)
        {
            faults.Enter(i, prototypes[i]);
            kinds.InferOne(prototypes[i], faults);
        }

        return kinds;
    }

    public CaptureKind KindOf(Prototype prototype, int capture) => _kinds[prototype][capture];

    private void InferOne(Prototype prototype, FaultList faults)
    {
        CaptureKind[] kinds = new CaptureKind[prototype.Captures.Length];
        foreach (ref readonly Instruction instruction in prototype.Code.AsSpan())
        {
            if (OpcodeInfo.Of(instruction.Op).B == OperandKind.Capture)
            {
                Use(kinds, instruction.B, UseOf(instruction.Op), faults);
            }
        }

        foreach (Prototype child in prototype.Children)
        {
            for (int i = 0; i < child.Captures.Length; i++)
            {
                if (!child.Captures[i].FromRegister)
                {
                    Use(kinds, child.Captures[i].Index, KindOf(child, i), faults);
                }
            }
        }

        _kinds[prototype] = kinds;
    }

    private static CaptureKind UseOf(Opcode access) => access switch
    {
        Opcode.GetCapture => CaptureKind.Value,
        Opcode.GetUpvalue or Opcode.SetUpvalue => CaptureKind.Upvalue,
        _ => throw new UnreachableException($"{access} accesses no capture."),
    };

    private static void Use(CaptureKind[] kinds, int capture, CaptureKind use, FaultList faults)
    {
        faults.Require(
            kinds[capture] == CaptureKind.Unused || use == CaptureKind.Unused || kinds[capture] == use,
            $"capture v{capture} is used as a value and as a variable");
        kinds[capture] = use == CaptureKind.Unused ? kinds[capture] : use;
    }
}
