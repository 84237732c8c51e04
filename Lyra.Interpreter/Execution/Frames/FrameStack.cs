using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The stacks of one engine: a record for each frame, and the registers of all frames. A callee's registers begin where the caller stored
/// the arguments. A struct within the interpreter, so that the loop reaches each field with one load; never copy it.
/// </summary>
internal struct FrameStack
{
    /// <summary>The first <see cref="RegisterLimit"/> of a run, and the frames that it may use before a call takes the slow path.</summary>
    private const int FirstRegisterLimit = 8;

    private const int FirstFrameLimit = 2;

    /// <summary>
    /// The callbacks whose native stack is charged together. They are charged when the last of them begins, so that the callbacks of usual
    /// programs cost nothing.
    /// </summary>
    private const int CallbacksPerSegment = 64;

    /// <summary>
    /// The bytes charged for the native stack of a segment. One callback uses 1.0 to 3.1 KB, as measured over all builtins and hooks. It is
    /// a fixed number because the real one depends on the tier.
    /// </summary>
    private const int SegmentBytes = CallbacksPerSegment * 4096;

    /// <summary>The steps that take as long as the callbacks of a segment, whose stack the system provides page by page: 0.4 ms.</summary>
    private const int SegmentTime = 40_000;

    private const long RegisterBytes = 16;

    /// <summary>
    /// Of so many bytes that the stacks may take, the frames may take one and the registers the others: a frame has 24 bytes, and usually
    /// more than four registers.
    /// </summary>
    private const long StackParts = 4;

    /// <summary>The registers between the running frame and the one that a callback pushes: for its result and its callee.</summary>
    private const int CallbackRegisters = 2;

    /// <summary>The value of <see cref="TopLimit"/> that makes every call take the slow path.</summary>
    private const int AlwaysSlow = -1;

    /// <summary>
    /// In checked mode, the nil in the register behind the used ones has these bits. No instruction reads it, and no value of a script has
    /// them.
    /// </summary>
    private const long Canary = 0x5AFE_C0DE_5AFE_C0DE;

    /// <summary>The registers of all frames; positions in it are absolute. Replaced by a larger array when a frame needs more.</summary>
    public Value[] Registers;

    /// <summary>
    /// The number of registers that this run may have used; a call that needs more takes the slow path. Only these are cleared after the
    /// run, which matters to a host that calls many short procs.
    /// </summary>
    public int RegisterLimit;

    /// <summary>The frames, outermost first.</summary>
    public Frame[] Frames;

    /// <summary>The index of the running frame; -1 when none runs.</summary>
    public int Top;

    /// <summary>From this value of <see cref="Top"/> on, a call must check the frame limit and the size of the frame array.</summary>
    public int TopLimit;

    private readonly int _maxFrames;
    private readonly bool _hasCanary;

    /// <summary>The most registers and frames that the memory limit allows; see <see cref="LimitBytes"/>.</summary>
    private int _mostRegisters = int.MaxValue;

    private int _mostFrames = int.MaxValue;

    /// <summary>The number of frames that this run may have used, as <see cref="RegisterLimit"/> is that of registers.</summary>
    private int _frameLimit;

    /// <summary>
    /// The first arrays, to be given back; null once a larger one has replaced either of them, because what they hold would stay alive.
    /// </summary>
    private StackArrays? _first;

    /// <summary>The number of builtins that are calling back. Each counts as a frame.</summary>
    private int _nativeFrames;

    /// <summary>The number of callbacks on the native stack: the native frames, and generators that are being closed.</summary>
    private int _callbacks;

    /// <summary>
    /// The positions of the frames that the event loop runs as tasks, in ascending order, in the first <see cref="_taskFrameCount"/>
    /// elements. The last ones may have ended; <see cref="TraceBottom"/> removes these.
    /// </summary>
    private int[] _taskFrames = [];

    private int _taskFrameCount;
    private bool _reportsCalls;

    /// <summary>The last answer of <see cref="FramesLeftAtRest"/>, and the registers for which it was given; 0 for none.</summary>
    private int _framesAtRest;

    private int _registersAtRest;

    /// <summary>
    /// The prototype whose code <see cref="_ownCode"/> is replaced by <see cref="_stepCode"/>; null while no step is armed.
    /// </summary>
    private LinkedPrototype? _stepped;

    private Instruction[] _stepCode = [];
    private Instruction[] _ownCode = [];

    /// <summary>Code that consists of traps; see <see cref="TrapsCallees"/>.</summary>
    private Instruction[] _traps = [];

    /// <param name="maxFrames">The frame limit.</param>
    /// <param name="hasCanary">Whether a register behind the used ones is guarded; see <see cref="IsIntact"/>.</param>
    public FrameStack(int maxFrames, bool hasCanary = false)
    {
        _maxFrames = maxFrames;
        _hasCanary = hasCanary;
        _first = StackArrays.Rent();
        Registers = _first.Registers;
        RegisterLimit = FirstRegisterLimit;
        Frames = _first.Frames;
        _frameLimit = FirstFrameLimit;
        Top = -1;
        SetCanary(Canary);
        UpdateTopLimit();
    }

    private static long FrameBytes => Unsafe.SizeOf<Frame>();

    /// <summary>Frames in use.</summary>
    public readonly int Count => Top + 1 + _nativeFrames;

    /// <summary>
    /// The bytes of the first arrays, or of the frames with their registers where these need more, and those charged for the native stack.
    /// Larger arrays are not counted, because their length depends on the tier: compiled code takes space in them only when it exits.
    /// </summary>
    public readonly long Bytes => (Math.Max(End, StackArrays.RegisterCount) * RegisterBytes)
        + (Math.Max(Top + 1, StackArrays.FrameCount) * FrameBytes)
        + (_callbacks / CallbacksPerSegment * (long)SegmentBytes);

    /// <summary>The number of callbacks on the native stack.</summary>
    public readonly int Callbacks => _callbacks;

    /// <summary>
    /// Whether the next callback charges no memory. Compiled code may only run then, because it inlines hooks that the interpreter calls
    /// back, and memory must be charged at the same place in both tiers.
    /// </summary>
    public readonly bool IsNextCallbackFree => (_callbacks + 1) % CallbacksPerSegment != 0;

    /// <summary>Whether the stacks have not grown beyond the first arrays.</summary>
    public readonly bool HasFirstArrays => _first is not null;

    /// <summary>The running frame.</summary>
    public readonly ref Frame Running => ref Frames[Top];

    /// <summary>The position after the running frame's registers.</summary>
    public readonly int End => Top < 0 ? 0 : Frames[Top].Base + Frames[Top].Closure.Code.RegisterCount;

    /// <summary>Whether the recording is told of every frame that is pushed. Then no call takes the loop's fast path.</summary>
    public bool ReportsCalls
    {
        readonly get => _reportsCalls;
        set
        {
            _reportsCalls = value;
            UpdateTopLimit();
        }
    }

    /// <summary>For tests: whether the loop also stops at the first instruction of the frame that a step pushes.</summary>
    public bool TrapsCallees { get; set; }

    /// <summary>Whether a single step is armed: see <see cref="ArmStep"/>.</summary>
    public readonly bool IsStepping => _stepped is not null;

    /// <summary>The step that is armed, for <see cref="Rearm"/>.</summary>
    public readonly (LinkedPrototype? Linked, Instruction[] Code) ArmedStep => (_stepped, _stepCode);

    /// <summary>The register at an absolute position, without a bounds check.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref Value At(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Registers), position);

    /// <summary>
    /// Limits the bytes of the registers and frames. A heap walk counts what of them is in use, but nothing charges their growth between
    /// two walks: compiled code would have to charge it at the same place.
    /// </summary>
    public void LimitBytes(long most)
    {
        long part = most / StackParts;
        _mostRegisters = (int)Math.Min(part * (StackParts - 1) / RegisterBytes, int.MaxValue);
        _mostFrames = (int)Math.Min(part / FrameBytes, int.MaxValue);
        _registersAtRest = 0;
        SetCanary(0);
        RegisterLimit = Math.Min(RegisterLimit, _mostRegisters);
        SetCanary(Canary);
        UpdateTopLimit();
    }

    /// <summary>Frames that may certainly be pushed before a limit is reached, each with as many registers as given.</summary>
    public readonly int FramesLeft(int registers)
    {
        int most = Math.Min(_maxFrames - Count, _mostFrames - Top - 1);
        int width = registers + CallbackRegisters;
        int free = _mostRegisters - End;

        // Usually the other limits are lower, and nothing has to be divided.
        return (long)most * width <= free ? most : free / width;
    }

    /// <summary>As <see cref="FramesLeft"/>, before the first frame of a run is pushed. The host may ask in each of many calls.</summary>
    public int FramesLeftAtRest(int registers)
    {
        if (_registersAtRest != registers)
        {
            (_framesAtRest, _registersAtRest) = (FramesLeft(registers), registers);
        }

        return _framesAtRest;
    }

    /// <summary>
    /// Pushes a frame whose arguments are stored from <paramref name="newBase"/> on, and charges steps for it. The caller's
    /// <see cref="Frame.Pc"/> must be up to date.
    /// </summary>
    public void Push(FrameContext context, Closure callee, int newBase, int returnSlot, FrameFlags flags, int cost)
    {
        LinkedPrototype code = callee.Code;
        if (Top >= TopLimit)
        {
            GrowFrames(context);
            flags = EndStep(code, flags);
        }

        EnsureRegisters(context, newBase + code.RegisterCount);
        context.Charge(cost);
        code.Heat--;
        Place(callee, newBase, 0, returnSlot, flags);
    }

    /// <summary>
    /// Pushes a frame that compiled code had, without charging or counting it, because its call was charged in compiled code.
    /// </summary>
    public void PushUncharged(Closure closure, int position, int pc, int returnSlot, FrameFlags flags)
    {
        if (Top + 1 >= Frames.Length)
        {
            ResizeFrames(Math.Max(Top + 2, Math.Min(Frames.Length * 2, _maxFrames + 1)));
        }

        RaiseFrameLimit();

        int end = position + closure.Code.RegisterCount;
        if (end > RegisterLimit)
        {
            if (end > Registers.Length)
            {
                ResizeRegisters(Math.Max(Registers.Length * 2, end));
            }

            RaiseRegisterLimit(end);
        }

        Place(closure, position, pc, returnSlot, flags);
    }

    /// <summary>Makes the register stack at least this large.</summary>
    /// <exception cref="ScriptErrorException">LimitExceeded: the limit of <see cref="LimitBytes"/> is reached.</exception>
    public void EnsureRegisters(FrameContext context, int needed)
    {
        if (needed > RegisterLimit)
        {
            if (needed > _mostRegisters)
            {
                context.OnStackSpent(((needed * RegisterBytes / (StackParts - 1)) + 1) * StackParts);
            }

            if (needed > Registers.Length)
            {
                int size = Math.Max((int)Math.Min(Registers.Length * 2L, _mostRegisters), needed);
                context.OnStackGrowth((size - Registers.Length) * RegisterBytes);
                ResizeRegisters(size);
            }

            RaiseRegisterLimit(needed);
        }
    }

    /// <summary>Records that a builtin begins to call back. The call counts as a frame.</summary>
    public void EnterNative(ScriptContext context)
    {
        if (Count >= _maxFrames)
        {
            Throw.StackOverflow(_maxFrames);
        }

        if (!IsNextCallbackFree)
        {
            context.PassTime(SegmentTime);
            context.ChargeMemory(SegmentBytes);
        }

        _callbacks++;
        _nativeFrames++;
        TopLimit = Math.Min(TopLimit, _maxFrames - _nativeFrames - 1);
    }

    /// <summary>Ends <see cref="EnterNative"/>.</summary>
    public void ExitNative(ScriptContext context)
    {
        EndClosing(context);
        bool hadFewer = TopLimit == _maxFrames - _nativeFrames - 1;
        _nativeFrames--;
        if (hadFewer)
        {
            UpdateTopLimit();
        }
    }

    /// <summary>
    /// Records that C# code begins to close a generator, which does not count as a frame. Its finally blocks must run, so this never
    /// throws: if the memory limit is exceeded, the next allocation does.
    /// </summary>
    public void BeginClosing(ScriptContext context)
    {
        if (!IsNextCallbackFree)
        {
            context.PassTime(SegmentTime);
            context.Memory.Left -= SegmentBytes;
        }

        _callbacks++;
    }

    /// <summary>Ends <see cref="BeginClosing"/>.</summary>
    public void EndClosing(ScriptContext context)
    {
        _callbacks--;
        if (!IsNextCallbackFree)
        {
            context.Memory.Refund(SegmentBytes);
        }
    }

    /// <summary>
    /// Arms a single step of the running frame: the loop executes <paramref name="code"/> for its prototype, and every call takes the slow
    /// path. The first frame that is pushed ends the step. It gets <see cref="FrameFlags.Nested"/>, so that the loop ends when it returns.
    /// </summary>
    public void ArmStep(LinkedPrototype linked, Instruction[] code)
    {
        _stepped = linked;
        _stepCode = code;
        _ownCode = linked.Code;
        linked.Code = code;
        UpdateTopLimit();
    }

    /// <summary>Ends <see cref="ArmStep"/> if a step is still armed.</summary>
    /// <returns>The step that was armed, for <see cref="Rearm"/>.</returns>
    public (LinkedPrototype? Linked, Instruction[] Code) Disarm()
    {
        if (_stepped is not { } linked)
        {
            return (null, []);
        }

        // A recording that ended meanwhile has restored the prototype's code.
        if (ReferenceEquals(linked.Code, _stepCode))
        {
            linked.Code = _ownCode;
        }

        _stepped = null;
        UpdateTopLimit();
        return (linked, _stepCode);
    }

    /// <summary>Arms a step again after its instruction called back.</summary>
    public void Rearm((LinkedPrototype? Linked, Instruction[] Code) step)
    {
        if (step.Linked is not null)
        {
            ArmStep(step.Linked, step.Code);
        }
    }

    /// <summary>
    /// Clears the registers that no instruction reads any more, and everything above the running frame, which is about to execute its next
    /// instruction.
    /// </summary>
    public readonly void Sweep()
    {
        int end = 0;
        for (int index = 0; index <= Top; index++)
        {
            ref Frame frame = ref Frames[index];
            end = frame.Base + frame.Closure.Code.RegisterCount;
            int limit = index < Top ? Math.Min(end, Frames[index + 1].Base) : end;
            DeadRegisters.Clear(frame, Registers.AsSpan(frame.Base, limit - frame.Base), index < Top ? Frames[index + 1].Flags : null);
        }

        Array.Clear(Registers, end, Registers.Length - end);
        Array.Clear(Frames, Top + 1, Frames.Length - Top - 1);
        SetCanary(Canary);
    }

    /// <summary>Drops all frames and values.</summary>
    public void Clear()
    {
        if (RegisterLimit == FirstRegisterLimit && _frameLimit == FirstFrameLimit)
        {
            ClearFew();
            return;
        }

        SetCanary(0);
        if (Registers.Length <= 16 * StackArrays.RegisterCount)
        {
            Array.Clear(Registers, 0, RegisterLimit);
            Array.Clear(Frames, 0, Math.Min(_frameLimit, Frames.Length));
        }
        else
        {
            _first = StackArrays.Rent();
            Registers = _first.Registers;
            Frames = _first.Frames;
        }

        RegisterLimit = FirstRegisterLimit;
        _frameLimit = FirstFrameLimit;
        UpdateTopLimit();
        SetCanary(Canary);
    }

    /// <summary>
    /// As <see cref="Clear"/>, after a call of the host that compiled code has run without a frame: only the arguments, from register 1
    /// on, were written.
    /// </summary>
    public void ClearArguments(int argumentCount)
    {
        if (RegisterLimit != FirstRegisterLimit || _frameLimit != FirstFrameLimit)
        {
            Clear();
            return;
        }

        foreach (ref Value argument in Registers.AsSpan(1, argumentCount))
        {
            // Numbers keep nothing alive, and those of the next call are stored faster where there was one.
            if (!argument.IsInt && !argument.IsFloat)
            {
                argument = default;
            }
        }
    }

    /// <summary>
    /// True when nothing has written behind the used registers (in checked mode), and each frame lies within the register stack, not below
    /// its caller, at an instruction of its code.
    /// </summary>
    public readonly bool IsIntact()
    {
        if (_hasCanary && RegisterLimit < Registers.Length && (Registers[RegisterLimit] is not { Ref: null, Bits: Canary }))
        {
            return false;
        }

        int lowest = 0;
        for (int index = 0; index <= Top; index++)
        {
            ref Frame frame = ref Frames[index];
            if (frame.Closure?.Code is not { } code || frame.Base < lowest || frame.Base + code.RegisterCount > Registers.Length
                || (uint)frame.Pc > (uint)code.Prototype.Code.Length)
            {
                return false;
            }

            lowest = frame.Base;
        }

        return true;
    }

    /// <summary>
    /// Gives the first arrays to the next engine of the process. No run may be in progress, and one that began afterwards would end with a
    /// <see cref="NullReferenceException"/>.
    /// </summary>
    public void Release()
    {
        Clear();
        SetCanary(0);
        Registers = null!;
        Frames = null!;
        if (_first is not null)
        {
            StackArrays.Return(_first);
        }
    }

    /// <summary>
    /// The position of the outermost frame in the trace of an error of the running frame: a task that the event loop runs has no caller.
    /// Every error asks for it, so it does not search the stack.
    /// </summary>
    public int TraceBottom()
    {
        for (; _taskFrameCount > 0; _taskFrameCount--)
        {
            int frame = _taskFrames[_taskFrameCount - 1];
            if (frame <= Top && IsTaskEntry(Frames[frame].Flags))
            {
                return frame;
            }
        }

        return 0;
    }

    /// <summary>As <see cref="Clear"/>, after a run that needed no more than the first limits.</summary>
    private readonly void ClearFew()
    {
        foreach (ref Value register in Registers.AsSpan(0, FirstRegisterLimit))
        {
            register = default;
        }

        foreach (ref Frame frame in Frames.AsSpan(0, FirstFrameLimit))
        {
            frame.Closure = null!;
        }
    }

    private static bool IsTaskEntry(FrameFlags flags) =>
        (flags & (FrameFlags.Task | FrameFlags.Entry)) == (FrameFlags.Task | FrameFlags.Entry);

    private void Place(Closure closure, int position, int pc, int returnSlot, FrameFlags flags)
    {
        ref Frame frame = ref Frames[++Top];
        if (IsTaskEntry(flags))
        {
            NoteTaskFrame();
        }

        frame.Closure = closure;
        frame.Base = position;
        frame.Pc = pc;
        frame.ReturnSlot = returnSlot;
        frame.Flags = flags;
    }

    private void RaiseRegisterLimit(int needed)
    {
        SetCanary(0);
        RegisterLimit = Math.Min(Registers.Length, Math.Max(needed, Math.Min(_mostRegisters, 2 * RegisterLimit)));
        SetCanary(Canary);
    }

    private readonly void SetCanary(long bits)
    {
        if (_hasCanary && RegisterLimit < Registers.Length)
        {
            Registers[RegisterLimit] = new Value(null, bits);
        }
    }

    private void NoteTaskFrame()
    {
        while (_taskFrameCount > 0 && _taskFrames[_taskFrameCount - 1] >= Top)
        {
            _taskFrameCount--;
        }

        if (_taskFrameCount == _taskFrames.Length)
        {
            Array.Resize(ref _taskFrames, Math.Max(8, 2 * _taskFrameCount));
        }

        _taskFrames[_taskFrameCount++] = Top;
    }

    /// <summary>Makes space for another frame, or throws when the frame limit is reached.</summary>
    private void GrowFrames(FrameContext context)
    {
        if (Count >= _maxFrames)
        {
            Throw.StackOverflow(_maxFrames);
        }

        if (Top + 1 >= _mostFrames)
        {
            context.OnStackSpent((Top + 2) * FrameBytes * StackParts);
        }

        if (Top + 1 >= Frames.Length)
        {
            int size = Math.Min(Frames.Length * 2, _maxFrames + 1);
            context.OnStackGrowth((size - Frames.Length) * FrameBytes);
            ResizeFrames(size);
        }

        RaiseFrameLimit();
        UpdateTopLimit();
    }

    /// <summary>Allows one more frame.</summary>
    private void RaiseFrameLimit()
    {
        if (Top + 1 >= _frameLimit)
        {
            _frameLimit = Math.Max(Top + 2, 2 * _frameLimit);
            UpdateTopLimit();
        }
    }

    private void ResizeRegisters(int size)
    {
        Array.Resize(ref Registers, size);
        _first = null;
    }

    private void ResizeFrames(int size)
    {
        Array.Resize(ref Frames, size);
        _first = null;
        UpdateTopLimit();
    }

    /// <summary>
    /// Ends the armed step because its instruction pushes a frame. A callback leaves it armed: its run of the loop disarms it.
    /// </summary>
    /// <returns>The flags of the frame.</returns>
    private FrameFlags EndStep(LinkedPrototype callee, FrameFlags flags)
    {
        if (!IsStepping || (flags & FrameFlags.Entry) != 0)
        {
            return flags;
        }

        Disarm();
        if (TrapsCallees)
        {
            int length = callee.Prototype.Code.Length;
            _traps = _traps.Length >= length ? _traps : StepCode.NewTraps(length);
            ArmStep(callee, _traps);
        }

        return flags | FrameFlags.Nested;
    }

    private void UpdateTopLimit() => TopLimit = IsStepping || _reportsCalls
        ? AlwaysSlow
        : Math.Min(Math.Min(Math.Min(Frames.Length, _frameLimit), _mostFrames) - 1, _maxFrames - _nativeFrames - 1);
}
