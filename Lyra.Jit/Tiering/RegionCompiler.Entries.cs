using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Tiering;

/// <content>What belongs to compiled procs besides their regions: cells, the way into them from the interpreter, code that leaves at once.</content>
internal sealed partial class RegionCompiler
{
    /// <summary>The procs that regions may call.</summary>
    public EntryTable Entries { get; } = new(limits.MaxInlineDepth + 1);

    /// <summary>Where the frames of compiled procs go that are being left.</summary>
    public Unwinding Unwinding { get; } = new();

    /// <summary>
    /// The cell for what the profile's proc takes: one that it has, or a new one with code that leaves at once and the way into it from the interpreter.
    /// </summary>
    /// <exception cref="BuildAbortException">The proc has too many parameters.</exception>
    private EntryCell CellFor(RegionProfile profile)
    {
        EntrySignature signature = EntrySignature.Of(profile);
        LinkedPrototype code = profile.Root.Code;
        if (Entries.Of(code).Cells.Find(known => known.Signature.Equals(signature)) is { } cell)
        {
            return cell;
        }

        cell = EntryCell.Create(code, signature, MakeLeaving(code, signature));
        cell.Bridge = MakeBridge(cell);
        RuntimeHelpers.PrepareDelegate(cell.Bridge);
        return cell;
    }

    /// <summary>The way into a cell's code from the interpreter's registers.</summary>
    private EntryBridge MakeBridge(EntryCell cell)
    {
        IlBuffer code = BridgeEmitter.Emit(cell);
        RegionData data = new() { Constants = [cell], Frames = frames };
        return (EntryBridge)MakeDelegate(code, $"lyra enter {cell.Code.Prototype.Name}", typeof(EntryBridge), data);
    }

    private Delegate MakeLeaving(LinkedPrototype code, EntrySignature signature)
    {
        Type type = EntryCodes.TypeFor(signature);
        EmittedRegion emitted = RegionEmitter.Emit(RegionBuilder.BuildLeaving(code, signature));
        return MakeDelegate(emitted.Code, $"lyra leave {code.Prototype.Name}", type, NewData(emitted));
    }

    private RegionData NewData(EmittedRegion emitted) => new()
    {
        Constants = emitted.Constants,
        Frames = frames,
        States = emitted.States,
        Guards = emitted.Guards,
        HostCallObjects = emitted.HostCallObjects,
        Unwinding = Unwinding,
        Stress = stress,
    };
}
