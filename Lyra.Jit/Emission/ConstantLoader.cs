using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <summary>
/// Loads the objects that a region's code refers to. Each is loaded from the region's data into a local once: in a loop region at the
/// beginning, in a proc region where <see cref="ConstantUses"/> decides.
/// </summary>
internal sealed class ConstantLoader(RegionMethod method, Placement placement)
{
    private readonly IlBuffer _il = method.Il;
    private readonly List<object?> _constants = [];
    private readonly Dictionary<object, IlLocal> _locals = new(ReferenceEqualityComparer.Instance);
    private readonly ConstantUses? _uses = method.IsProc ? new ConstantUses(method.Graph, placement) : null;

    /// <summary>The objects, by the index under which the code loads them.</summary>
    public object?[] All => [.. _constants];

    public IlLocal LocalOf(object constant) => _locals[constant];

    /// <summary>Collects the constants of a graph; in a loop region emits their loads.</summary>
    public void LoadAll(IrBlock[] blocks)
    {
        foreach (IrBlock block in blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (ObjectOf(node) is { } constant)
                {
                    Load(constant, node);
                }
            }
        }
    }

    /// <summary>Emits the loads that belong at the beginning of a block.</summary>
    public void LoadAt(IrBlock block)
    {
        for (int constant = 0; _uses is not null && constant < _constants.Count; constant++)
        {
            if (_uses.BlockOf(_constants[constant]!) == block)
            {
                IlLocal local = _locals[_constants[constant]!];
                EmitLoad(constant, _il.Locals[local.Index].Type, local);
            }
        }
    }

    /// <summary>The object that a node's code uses; null when it uses none.</summary>
    private object? ObjectOf(IrNode node) => node.Row.Payload switch
    {
        IrPayload.Object or IrPayload.Foreign => _uses?.IsPushed(node) == false ? null : node.Payload,
        IrPayload.Module => ((ModuleInstance)node.Payload!).Slots,
        IrPayload.HostCall => node.Payload is HostCall { UsesTarget: true } call ? call.Target : null,
        IrPayload.CallTarget => (node.Payload as RegionCall)?.Cell,
        IrPayload.None or IrPayload.Helper or IrPayload.HostType or IrPayload.HostClasses or IrPayload.Handler => null,
        IrPayload.Shape or IrPayload.Code or IrPayload.HostEnum => node.Has(IrTraits.LoadsPayload) ? node.Payload : null,
    };

    private void Load(object value, IrNode user)
    {
        Type type = value.GetType();
        _uses?.Add(value, user);
        if (_locals.ContainsKey(value))
        {
            return;
        }

        IlLocal local = _il.DeclareLocal(type, $"const{_constants.Count}");
        _constants.Add(value);
        _locals.Add(value, local);
        if (_uses is null)
        {
            EmitLoad(_constants.Count - 1, type, local);
        }
    }

    private void EmitLoad(int constant, Type type, IlLocal local)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Constants))!);
        _il.Emit(OpCodes.Ldc_I4, constant);
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.Emit(OpCodes.Castclass, type);
        _il.Emit(OpCodes.Stloc, local);
    }
}
