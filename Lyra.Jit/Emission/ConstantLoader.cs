using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <summary>
/// Loads the objects that a region's code refers to. Each is loaded from the region's data into a local once: in a loop region at the
/// beginning, in a proc region, and in one with parts, where <see cref="ConstantUses"/> decides. A part takes one of many paths and has no
/// locals for them: it loads them where it uses them.
/// </summary>
internal sealed class ConstantLoader(RegionMethod method, RegionTables tables)
{
    private readonly IlBuffer _il = method.Il;
    private readonly List<object> _loaded = [];
    private readonly Dictionary<object, IlLocal> _locals = new(ReferenceEqualityComparer.Instance);
    private readonly ConstantUses? _uses =
        method.Part is null && (method.IsProc || tables.Parts.All.Count > 0) ? new ConstantUses(tables) : null;

    /// <summary>Pushes an object to which the code refers, or the delegate that calls a part.</summary>
    public void Push(object constant)
    {
        if (method.Part is null && constant is not OutlinedPart)
        {
            _il.Emit(OpCodes.Ldloc, _locals[constant]);
            return;
        }

        PushFromData(constant);
    }

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
        for (int i = 0; _uses is not null && i < _loaded.Count; i++)
        {
            if (_uses.BlockOf(_loaded[i]) == block)
            {
                PushFromData(_loaded[i]);
                _il.Emit(OpCodes.Stloc, _locals[_loaded[i]]);
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
        _uses?.Add(value, user);
        if (_locals.ContainsKey(value))
        {
            return;
        }

        IlLocal local = _il.DeclareLocal(RegionTables.ClassOf(value), $"const{tables.IndexOf(value)}");
        _loaded.Add(value);
        _locals.Add(value, local);
        if (_uses is null)
        {
            PushFromData(value);
            _il.Emit(OpCodes.Stloc, local);
        }
    }

    private void PushFromData(object constant)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Constants))!);
        _il.Emit(OpCodes.Ldc_I4, tables.IndexOf(constant));
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.Emit(OpCodes.Castclass, RegionTables.ClassOf(constant));
    }
}
