using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A suspended frame of a generator or task (see <see cref="TaskObject.Frame"/>): its closure, its position and a copy of its registers.
/// Resuming copies the registers back onto the stack; yielding copies them here. Nothing else moves.
/// </summary>
internal sealed class GeneratorObject(Closure closure, Value[] registers) : ScriptIterator
{
    private readonly int _registerCount = registers.Length;

    /// <summary>A frame that has not begun. Its registers are for the caller to fill with the arguments.</summary>
    public GeneratorObject(Closure closure)
        : this(closure, new Value[closure.Code.RegisterCount])
    {
    }

    /// <summary>The frame of a generator that has not begun; in the low-pause mode, with registers that the engine keeps.</summary>
    public static GeneratorObject New(ScriptContext context, Closure closure) =>
        new(closure, EngineStorage.TakeRegisters(context, closure.Code.RegisterCount));

    /// <summary>The closure that runs. It changes when a task's frame is reused (<see cref="TaskFramePool"/>), and when a profile
    /// begins or ends: then a suspended frame gets a closure of its own with the code that it has.</summary>
    public Closure Closure { get; private set; } = closure;

    /// <summary>The registers while suspended; none when the frame has given them up.</summary>
    public Value[] Registers { get; private set; } = registers;

    /// <summary>The instruction to continue at.</summary>
    public int Pc;

    /// <summary>The task whose frame this is; null for a generator.</summary>
    public TaskObject? Task;

    /// <summary>Whether its frame is on the stack now. An iterator that advances itself is an error.</summary>
    public bool IsRunning;

    /// <summary>
    /// The steps of a resumption. The entry has paid for the longest path, which includes the code after yields and awaits.
    /// </summary>
    public const int ResumeCost = 1;

    /// <summary>The steps that are charged when the frame begins or continues.</summary>
    public int EntryCost => EntryCostAt(Closure.Code, Pc);

    /// <summary>The steps that are charged when the frame of a generator or task begins or continues at an instruction.</summary>
    public static int EntryCostAt(LinkedPrototype code, int pc) => pc == 0 ? code.EntryCost : ResumeCost;

    public override long OwnBytes => BytesFor(_registerCount);

    /// <summary>The bytes of a generator with this many registers.</summary>
    public static long BytesFor(int registers) => 72 + (16L * registers);

    public override bool MoveNext(ScriptContext context, out Value value) => context.ResumeGenerator(this, out value);

    public override void Close(ScriptContext context) => context.CloseGenerator(this);

    /// <summary>
    /// Ends a generator. In the low-pause mode its registers go to the next generator: nothing reads those of one that has ended.
    /// </summary>
    public void End(ScriptContext context)
    {
        IsDone = true;
        if (context.Storage is { } storage && Registers.Length > 0)
        {
            storage.Arrays.Values.Keep(Registers, Registers.Length);
            Registers = [];
        }
    }

    /// <summary>Makes the frame of a task that has ended ready for another task of a closure with as many registers.</summary>
    public void Reuse(Closure closure)
    {
        Closure = closure;
        IsDone = false;
    }

    /// <summary>Forgets everything but the number of registers.</summary>
    public void Release()
    {
        Closure = null!;
        Task = null;
        Pc = 0;
        IsRunning = false;
        IsDone = true;
        Array.Clear(Registers);
    }

    /// <summary>Visits the live registers and clears the others, whose values would stay alive without being counted.</summary>
    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(Closure);
        visitor.Visit(Task);
        if (IsRunning || IsDone)
        {
            // Its registers are on the stack now, or no longer in use. Compiled code may still read those of a running one.
            if (IsDone && !IsRunning)
            {
                Array.Clear(Registers);
            }

            return;
        }

        LivenessMap liveness = Closure.Code.Liveness;
        for (int register = 0; register < Registers.Length; register++)
        {
            if (liveness.IsLive(Pc, register))
            {
                visitor.Visit(Registers[register]);
            }
            else
            {
                Registers[register] = default;
            }
        }
    }
}
