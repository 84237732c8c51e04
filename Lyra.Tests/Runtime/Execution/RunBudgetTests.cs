using Lyra.Runtime.Execution;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Execution;

/// <summary>The budget of steps, of which compiled code is granted more than the interpreter.</summary>
public sealed class RunBudgetTests
{
    [Fact]
    public void The_interpreter_does_not_get_what_compiled_code_left_over()
    {
        RunBudget budget = Granted(3 * RunBudget.InterpretedQuantum);
        budget.Left -= 1_000;

        budget.BeginInterpreter();

        budget.Left.ShouldBe(RunBudget.InterpretedQuantum);
        budget.Taken.ShouldBe(1_000);
    }

    [Fact]
    public void Compiled_code_continues_with_what_it_left_over()
    {
        RunBudget budget = Granted(3 * RunBudget.InterpretedQuantum);
        budget.Left -= 1_000;
        budget.BeginInterpreter();
        budget.Left -= 500;

        budget.BeginCompiled();

        budget.Left.ShouldBe((3 * RunBudget.InterpretedQuantum) - 1_500);
        budget.Taken.ShouldBe(1_500);
        budget.Withheld.ShouldBe(0);
    }

    [Fact]
    public void Nested_entries_withhold_once()
    {
        RunBudget budget = Granted(3 * RunBudget.InterpretedQuantum);
        budget.BeginInterpreter();
        budget.BeginInterpreter();
        budget.BeginCompiled();
        budget.BeginCompiled();

        budget.Left.ShouldBe(3 * RunBudget.InterpretedQuantum);
        budget.Taken.ShouldBe(0);
    }

    [Fact]
    public void Revoked_steps_are_not_given_back()
    {
        RunBudget budget = Granted(3 * RunBudget.InterpretedQuantum);
        budget.BeginInterpreter();
        budget.Left -= 700;

        budget.Revoke();
        budget.BeginCompiled();

        budget.Left.ShouldBe(0);
        budget.Taken.ShouldBe(700);
    }

    private static RunBudget Granted(long steps)
    {
        RunBudget budget = default;
        budget.Grant(steps);
        return budget;
    }
}
