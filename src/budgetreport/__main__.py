"""`python -m budgetreport`."""

from budgetreport.cli import main

if __name__ == "__main__":
    main()
